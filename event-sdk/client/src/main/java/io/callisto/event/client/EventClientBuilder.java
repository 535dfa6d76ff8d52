package io.callisto.event.client;

import io.callisto.event.client.source.Connector;
import io.callisto.event.client.source.KafkaConnector;
import io.callisto.event.client.tls.EventSecurity;
import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.EventType;
import io.callisto.event.contract.TopicNaming;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Makes an {@link EventClient}. Needed: where Kafka is, and at least one handler. */
public final class EventClientBuilder {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final int REMEMBERED = 50_000;

    private final Map<String, Supplier<Connector>> sites = new LinkedHashMap<>();
    private final Map<EventType, Route.Subscription<?>> subscriptions = new LinkedHashMap<>();
    private final Set<Integer> organisations = new LinkedHashSet<>();
    private final Map<String, String> kafka = new HashMap<>();
    private EventSecurity security = EventSecurity.none();
    private TopicNaming naming = TopicNaming.POM_4;
    private @Nullable String name;
    private @Nullable String group;
    private @Nullable StartAt startAt;
    private CommitMode commit = CommitMode.BATCH;
    private Startup startup = Startup.FAIL;
    private Duration startupLimit = Duration.ofSeconds(30);
    private int mostUnacknowledged = 1000;
    private RetryPolicy retry = RetryPolicy.standard();
    private ErrorHandler errors = ErrorHandler.retryForEver();
    private PoisonHandler poison = EventClientBuilder::warn;
    private @Nullable DuplicateStore duplicates;
    private EventClientObserver observer = new EventClientObserver() {};
    private SiteRules siteRules = SiteRules.standard();
    private ActiveSite activeSite = ActiveSite.unknown();
    private boolean closeWithJvm;

    EventClientBuilder() {}

    /** Kafka of the only site: {@code host:port,host:port}. */
    public EventClientBuilder bootstrapServers(String bootstrapServers) {
        return site("default", bootstrapServers);
    }

    /** Another site, reached with {@link #security}. The order in which sites are given is the order of preference. */
    public EventClientBuilder site(String siteName, String bootstrapServers) {
        return place(siteName, () -> kafka(bootstrapServers, security));
    }

    /** Another site with its own certificates. */
    public EventClientBuilder site(String siteName, String bootstrapServers, EventSecurity own) {
        return place(siteName, () -> kafka(bootstrapServers, own));
    }

    /** Another site, reached in its own way; for the test kit. */
    public EventClientBuilder site(String siteName, Connector connector) {
        return place(siteName, () -> connector);
    }

    private EventClientBuilder place(String siteName, Supplier<Connector> connector) {
        requireName("site", siteName);
        if (sites.putIfAbsent(siteName, connector) != null) {
            throw new IllegalArgumentException("there are two sites with the name " + siteName);
        }
        return this;
    }

    private Connector kafka(String bootstrapServers, EventSecurity access) {
        Map<String, String> properties = new HashMap<>(access.properties());
        properties.putAll(kafka);
        return new KafkaConnector(bootstrapServers, properties);
    }

    /** How to get in, for all sites without their own. Without it: no TLS. */
    public EventClientBuilder security(EventSecurity access) {
        this.security = access;
        return this;
    }

    /** A property of Kafka's consumer, for all sites; those that the client promises something about are refused. */
    public EventClientBuilder kafkaProperty(String property, String value) {
        kafka.put(property, value);
        return this;
    }

    /** An organisation whose events to get, and more with further calls. Without it: organisation 0. */
    public EventClientBuilder organisation(int organisationId) {
        if (organisationId < 0) {
            throw new IllegalArgumentException("an organisation's id is not negative: " + organisationId);
        }
        organisations.add(organisationId);
        return this;
    }

    /** How the cluster calls its topics. Without it: as POM 4.0. */
    public EventClientBuilder topicNaming(TopicNaming topicNaming) {
        this.naming = topicNaming;
        return this;
    }

    /** For threads, logs and the broker. Without it: the group. */
    public EventClientBuilder name(String clientName) {
        requireName("client", clientName);
        this.name = clientName;
        return this;
    }

    /**
     * The group under which positions are kept: a client with it goes on where the last one stopped, several at a time
     * share the partitions. Without it every client gets all events, and begins anew each time.
     */
    public EventClientBuilder group(String groupName) {
        if (groupName.isBlank()) {
            throw new IllegalArgumentException("a group needs a name; leave it out for a client without one");
        }
        this.group = groupName;
        return this;
    }

    /** Gets all events of a type. */
    public <E extends CallistoEvent> EventClientBuilder on(Class<E> event, EventListener<? super E> listener) {
        return handle(event, (found, context) -> listener.onEvent(found));
    }

    /** As {@link #on}, for a handler that also wants to know where an event comes from, or acknowledges it. */
    public <E extends CallistoEvent> EventClientBuilder handle(Class<E> event, EventHandler<? super E> handler) {
        EventType type = EventType.of(event);
        EventHandler<E> narrow = handler::onEvent;
        if (subscriptions.putIfAbsent(type, new Route.Subscription<>(event, narrow)) != null) {
            throw new IllegalArgumentException(
                    "there are two handlers for " + event.getSimpleName() + "; call the second one from the first");
        }
        return this;
    }

    /**
     * Where to begin. Without it: behind the last event that the group has dealt with; for a new group, or without one,
     * with the events that come from now on.
     */
    public EventClientBuilder startAt(StartAt position) {
        this.startAt = position;
        return this;
    }

    /** When positions are kept. Without it: {@link CommitMode#BATCH}. */
    public EventClientBuilder commit(CommitMode mode) {
        this.commit = mode;
        return this;
    }

    /** With {@link CommitMode#MANUAL}: how many events may be given out and not acknowledged. Without it: 1000. */
    public EventClientBuilder mostUnacknowledged(int events) {
        if (events < 1) {
            throw new IllegalArgumentException("mostUnacknowledged must be at least 1, not " + events);
        }
        this.mostUnacknowledged = events;
        return this;
    }

    /** What to do when the client cannot read at once. Without it: {@link Startup#FAIL} after 30 s. */
    public EventClientBuilder startup(Startup way) {
        this.startup = way;
        return this;
    }

    /** How long a start may take. */
    public EventClientBuilder startupLimit(Duration limit) {
        this.startupLimit = limit;
        return this;
    }

    /** How often a handler that throws is tried again. Without it: {@link RetryPolicy#standard}. */
    public EventClientBuilder retry(RetryPolicy policy) {
        this.retry = policy;
        return this;
    }

    /** What becomes of an event whose handler keeps throwing. Without it: it is tried for ever. */
    public EventClientBuilder onError(ErrorHandler handler) {
        this.errors = handler;
        return this;
    }

    /** What becomes of records that are no events. Without it: a warning in the log. */
    public EventClientBuilder onPoison(PoisonHandler handler) {
        this.poison = handler;
        return this;
    }

    /** What remembers the events that were dealt with. Without it: the last 50,000, in memory. */
    public EventClientBuilder duplicates(DuplicateStore store) {
        this.duplicates = store;
        return this;
    }

    /** Hears what happens, for metrics. */
    public EventClientBuilder observer(EventClientObserver listener) {
        this.observer = listener;
        return this;
    }

    /** With several sites: which one to follow. */
    public EventClientBuilder siteRules(SiteRules rules) {
        this.siteRules = rules;
        return this;
    }

    /** With several sites: who knows which one is active. */
    public EventClientBuilder activeSite(ActiveSite marker) {
        this.activeSite = marker;
        return this;
    }

    /** Closes the client when the JVM is told to end (Ctrl-C). */
    public EventClientBuilder closeWithJvm() {
        this.closeWithJvm = true;
        return this;
    }

    /**
     * Makes the client and starts it.
     *
     * @throws IllegalArgumentException where a setting is missing or wrong
     * @throws EventClientException where it cannot read, saying why and what to do
     */
    public EventClient start() {
        EventClient client = ClientConfiguration.client(this::settings);
        client.start(closeWithJvm);
        return client;
    }

    private ClientSettings settings(Clock clock, LongSupplier ticker) {
        if (sites.isEmpty()) {
            throw new IllegalArgumentException(
                    "no address of Kafka: call bootstrapServers(\"host:port\") or site(\"name\", \"host:port\")");
        }
        if (subscriptions.isEmpty()) {
            throw new IllegalArgumentException(
                    "no handler: call on(AttemptEvent.class, event -> ...) for each type of events you want");
        }
        if (commit == CommitMode.MANUAL && group == null) {
            throw new IllegalArgumentException("acknowledging needs a group to keep the position for: call group(..)");
        }
        StartAt begin = startAt != null ? startAt : StartAt.lastPositionOr(StartAt.latest());
        DuplicateStore store = duplicates != null ? duplicates : DuplicateStore.inMemory(REMEMBERED);
        List<ClientSettings.SitePlace> places = new ArrayList<>();
        sites.forEach((siteName, connector) -> places.add(new ClientSettings.SitePlace(siteName, connector.get())));
        return new ClientSettings(
                name != null ? name : group != null ? group.replaceAll("[^A-Za-z0-9._-]", "_") : "client",
                group,
                routes(),
                places,
                new ClientSettings.Reading(begin, commit, startup, startupLimit, mostUnacknowledged),
                new ClientSettings.Handling(retry, errors, poison, store, observer),
                siteRules,
                activeSite,
                clock,
                ticker);
    }

    private Map<String, Route> routes() {
        Map<String, Route> routes = new LinkedHashMap<>();
        Set<Integer> wanted = organisations.isEmpty() ? Set.of(0) : organisations;
        subscriptions.forEach((type, subscription) -> wanted.forEach(organisation ->
                routes.put(naming.topic(type, organisation), new Route(type, organisation, subscription))));
        return routes;
    }

    private static void warn(PoisonRecord found) {
        LoggerFactory.getLogger(EventClient.class)
                .atWarn()
                .addKeyValue("at", found.context())
                .addKeyValue("reason", found.reason())
                .addKeyValue("explanation", found.explanation())
                .log("a record is no event and is left out");
    }

    private static void requireName(String what, String given) {
        if (!NAME.matcher(given).matches()) {
            throw new IllegalArgumentException(
                    "the name of a " + what + " has 1 to 100 letters, digits, dots, dashes and underscores: " + given);
        }
    }
}
