package io.callisto.event.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.callisto.event.client.source.Connector;
import io.callisto.event.client.source.EventSource;
import io.callisto.event.client.source.SiteProbe;
import io.callisto.event.client.source.SourceFailure;
import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.EventHeaders;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.EventSchema;
import io.callisto.event.contract.EventType;
import io.callisto.event.contract.TopicNaming;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One site's events, in memory: what an {@code EventClient} reads in a test.
 *
 * <pre>{@code
 * InMemoryEvents events = new InMemoryEvents();
 * try (EventClient client = EventClient.builder()
 *         .site("test", events)
 *         .group("my-app")
 *         .on(AttemptEvent.class, app::onAttempt)
 *         .start()) {
 *     events.publish(new SampleEvents().attempt(1001, "COMPLETED"));
 *     events.awaitHandled("my-app", Duration.ofSeconds(5));
 * }
 * }</pre>
 *
 * <p>It does what Kafka does as far as a reader can tell: order per key, groups that share partitions and keep
 * positions, silence where the site is lost. Topics come into being with the first event or reader. Thread-safe.
 */
public final class InMemoryEvents implements Connector {
    private final TopicNaming naming;
    private final InMemoryLog log;
    private final EventJson json = new EventJson();

    /** With one partition per topic and the names of POM 4.0. */
    public InMemoryEvents() {
        this(TopicNaming.POM_4, 1);
    }

    public InMemoryEvents(TopicNaming naming, int partitions) {
        this.naming = naming;
        this.log = new InMemoryLog(partitions);
    }

    @Override
    public EventSource source(String clientId, @Nullable String group) {
        return new InMemorySource(log, group);
    }

    @Override
    public SiteProbe probe(String clientId) {
        return new InMemoryProbe(log);
    }

    /** Publishes events, each to the topic of its type and organisation, with the headers that the product sets. */
    public void publish(CallistoEvent... events) {
        publish(List.of(events));
    }

    /** Publishes events, each to the topic of its type and organisation, with the headers that the product sets. */
    public void publish(List<? extends CallistoEvent> events) {
        for (CallistoEvent event : events) {
            String value = json.write(event);
            write(event.eventType(), event.organisationId(), event.key(), value, headers(event), event.at());
        }
    }

    /** Publishes an event twice, which the product never does; a client must not handle it twice. */
    public void publishTwice(CallistoEvent event) {
        publish(event, event);
    }

    /**
     * Publishes anything: a record that is no JSON, one with other headers, ...
     *
     * @param value null for a record without a value
     */
    public void publishRaw(EventType type, int organisationId, @Nullable String value, Map<String, String> headers) {
        write(type, organisationId, "raw", value, headers, Instant.EPOCH);
    }

    /** Publishes a record that is no JSON. */
    public void publishPoison(EventType type, int organisationId) {
        publishRaw(type, organisationId, "{ this is no JSON", Map.of());
    }

    private void write(
            EventType type,
            int organisationId,
            String key,
            @Nullable String value,
            Map<String, String> headers,
            Instant at) {
        byte[] bytes = value == null ? new byte[0] : value.getBytes(UTF_8);
        log.append(naming.topic(type, organisationId), key, bytes, headers, at);
    }

    private static Map<String, String> headers(CallistoEvent event) {
        Map<String, String> headers = new HashMap<>();
        headers.put(EventHeaders.ID, event.eventId().toString());
        headers.put(EventHeaders.TYPE, EventHeaders.type(event.eventType()));
        headers.put(EventHeaders.SOURCE, EventHeaders.source(event.organisationId()));
        headers.put(EventHeaders.SPEC_VERSION, EventHeaders.SPEC_VERSION_1);
        headers.put(EventHeaders.TIME, event.at().toString());
        headers.put(EventHeaders.SUBJECT, event.subject());
        headers.put(EventHeaders.CONTENT_TYPE, EventHeaders.JSON);
        headers.put(EventHeaders.SEQ, Integer.toString(event.seq()));
        headers.put(EventHeaders.EPOCH, Long.toString(event.epoch()));
        headers.put(EventHeaders.DATA_SCHEMA, EventSchema.uri(event.eventType()));
        return headers;
    }

    /** Every record that the site has ever written to a topic. */
    public long published(EventType type, int organisationId) {
        return log.size(naming.topic(type, organisationId));
    }

    /**
     * Waits until a group has dealt with all that was published to the topics that it reads.
     *
     * @throws AssertionError where it has not in time
     */
    public void awaitHandled(String group, Duration limit) {
        if (!log.awaitHandled(group, limit)) {
            throw new AssertionError("the group " + group + " has not dealt with everything after " + limit
                    + "; it is at " + positions(group) + " of " + log.ends());
        }
    }

    /** A group's positions, by {@code topic-partition}. */
    public Map<String, Long> positions(String group) {
        Map<String, Long> found = new HashMap<>();
        log.committed(group).forEach((partition, offset) -> found.put(partition.toString(), offset));
        return found;
    }

    /**
     * Sets a group's positions back by so many records, as a crash before the commit does. For a client that is not
     * running: it gets those records again when it starts.
     */
    public void rewind(String group, int records) {
        log.rewind(group, records);
    }

    /** The site is lost: nobody answers. */
    public void lose() {
        log.set(InMemoryLog.Fault.LOST, true);
    }

    /** The site is back, with all that it had. */
    public void restore() {
        log.set(InMemoryLog.Fault.LOST, false);
    }

    /** The site answers, but no events come. */
    public void freeze() {
        log.set(InMemoryLog.Fault.FROZEN, true);
    }

    /** Events come again. */
    public void thaw() {
        log.set(InMemoryLog.Fault.FROZEN, false);
    }

    /** Positions cannot be kept. */
    public void failCommits() {
        log.set(InMemoryLog.Fault.NO_COMMITS, true);
    }

    /** Positions can be kept again. */
    public void allowCommits() {
        log.set(InMemoryLog.Fault.NO_COMMITS, false);
    }

    /** From now on a topic does not exist until {@link #createTopic}. */
    public void removeTopic(EventType type, int organisationId) {
        log.remove(naming.topic(type, organisationId));
    }

    public void createTopic(EventType type, int organisationId) {
        log.create(naming.topic(type, organisationId));
    }

    /** Nobody may read a topic. */
    public void forbid(EventType type, int organisationId) {
        log.forbid(naming.topic(type, organisationId));
    }

    /** Members of a group that read now. */
    public int members(String group) {
        return log.members(group);
    }

    static SourceFailure lost() {
        return new SourceFailure(SourceFailure.Kind.UNREACHABLE, "the in-memory site is lost", null);
    }
}
