package io.callisto.events.topics;

import io.callisto.domain.Ticker;
import io.callisto.outbox.kafka.KafkaAddress;
import io.callisto.outbox.kafka.PositionTopic;
import io.callisto.outbox.relay.EventLogFailure;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the topics: creates what is missing for every organisation, reports where an existing topic differs, deletes
 * the topics of deleted organisations where that is wanted. Kafka is asked when something is new, and once a minute in
 * case somebody changed the topics by hand. Used by the thread of {@code outbox/0}.
 *
 * <p>An existing topic is changed in one respect at most, its retention, and only where that is set: more partitions
 * would move keys, fewer are impossible, and a shorter retention deletes events.
 */
public final class TopicKeeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TopicKeeper.class);
    private static final long REPEAT_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long LOOK_AGAIN_NANOS = Duration.ofSeconds(60).toNanos();
    private static final String CLUSTER = "cluster";

    private final JdbcOrganisationStore organisations;
    private final KafkaTopics kafka;
    private final KafkaAddress address;
    private final TopicSettings settings;
    private final TopicReport report;
    private final Ticker ticker;
    private final TopicAcls acls;

    /** Topics that are there, as far as this keeper knows. */
    private final Set<String> known = new HashSet<>();

    /** What is wrong, by topic. */
    private final Map<String, String> problems = new TreeMap<>();

    private boolean lookedAtDeleted;
    private boolean waiting;
    private long toldAt;
    private long lookAgainAt;

    TopicKeeper(
            JdbcOrganisationStore organisations,
            KafkaTopics kafka,
            KafkaAddress address,
            TopicSettings settings,
            TopicReport report,
            Ticker ticker) {
        this.organisations = organisations;
        this.kafka = kafka;
        this.address = address;
        this.settings = settings;
        this.report = report;
        this.ticker = ticker;
        this.acls = new TopicAcls(address, ticker);
        this.lookAgainAt = ticker.nanos() + LOOK_AGAIN_NANOS;
    }

    /**
     * Creates what is missing.
     *
     * @return whether events can be published: the position topic is there
     */
    public boolean check() {
        boolean again = ticker.nanos() - lookAgainAt >= 0;
        Set<Integer> now = organisations.organisations();
        acls.keep(now);
        Map<String, TopicPlan.Spec> unknown = new LinkedHashMap<>(TopicPlan.wanted(now, settings));
        if (again) {
            lookAgainAt = ticker.nanos() + LOOK_AGAIN_NANOS;
            lookedAtDeleted = false;
        } else {
            unknown.keySet().removeAll(known);
        }
        Set<Integer> deleted = settings.removeOfDeleted() ? organisations.deleted() : Set.of();
        if (unknown.isEmpty() && !somebodyLeft(deleted)) {
            return true;
        }
        try {
            settle(unknown);
            removeOfDeleted(deleted);
        } catch (EventLogFailure e) {
            kafka.close();
            tell(String.valueOf(e.getMessage()));
            problems.put(CLUSTER, String.valueOf(e.getMessage()));
        }
        report.show(problems);
        return known.contains(PositionTopic.NAME);
    }

    private boolean somebodyLeft(Set<Integer> deleted) {
        return !deleted.isEmpty()
                && (!lookedAtDeleted
                        || !TopicPlan.ofDeleted(known, deleted, Set.of()).isEmpty());
    }

    private void settle(Map<String, TopicPlan.Spec> unknown) {
        if (unknown.isEmpty()) {
            return;
        }
        Set<String> existing = new HashSet<>(kafka.names());
        known.retainAll(existing);
        existing.retainAll(unknown.keySet());
        int brokers = kafka.liveBrokers();
        problems.keySet().removeAll(unknown.keySet());
        problems.remove(CLUSTER);
        TopicPlan.weakness(brokers).ifPresent(weakness -> problems.put(CLUSTER, weakness));
        if (!existing.isEmpty()) {
            compareAll(unknown, kafka.describe(existing), brokers);
        }
        unknown.keySet().removeAll(existing);
        boolean all = true;
        for (TopicPlan.Spec spec : unknown.values()) {
            all &= create(spec, brokers);
        }
        if (all && waiting) {
            waiting = false;
            log.atInfo().addKeyValue("brokers", brokers).log("Kafka is there");
        }
    }

    private boolean create(TopicPlan.Spec spec, int brokers) {
        String obstacle = spec.obstacle(brokers).orElse("");
        if (!obstacle.isEmpty()) {
            problems.put(spec.name(), "not created: " + obstacle);
            tell(spec.name() + ": " + obstacle);
            return false;
        }
        int replicas = spec.replicas(brokers);
        kafka.create(spec, replicas);
        known.add(spec.name());
        log.atInfo()
                .addKeyValue("topic", spec.name())
                .addKeyValue("partitions", spec.partitions())
                .addKeyValue("replicas", replicas)
                .addKeyValue("config", spec.config(replicas))
                .log("topic created");
        return true;
    }

    private void compareAll(Map<String, TopicPlan.Spec> wanted, Map<String, TopicPlan.Found> existing, int brokers) {
        wanted.values().forEach(spec -> {
            TopicPlan.Found found = existing.get(spec.name());
            if (found != null) {
                compare(spec, found, spec.replicas(brokers));
            }
        });
    }

    private void compare(TopicPlan.Spec spec, TopicPlan.Found existing, int replicas) {
        TopicPlan.Found found = existing;
        if (spec.name().equals(PositionTopic.NAME) && found.partitions() < spec.partitions()) {
            // Each shard has its own partition there, whatever was created for fewer shards.
            kafka.growTo(spec.name(), spec.partitions());
            found = new TopicPlan.Found(spec.partitions(), found.replicas(), found.config());
        }
        found = retained(spec, found);
        known.add(spec.name());
        TopicPlan.Difference difference = TopicPlan.difference(spec, found, replicas);
        if (!difference.isEmpty() && report.isNew(spec.name(), difference.text())) {
            log.atWarn()
                    .addKeyValue("topic", spec.name())
                    .addKeyValue("found", difference.found())
                    .addKeyValue("wanted", difference.wanted())
                    .log("an existing topic has other settings and is left as it is");
        }
        if (!difference.isEmpty()) {
            problems.put(spec.name(), difference.text());
        }
    }

    private TopicPlan.Found retained(TopicPlan.Spec spec, TopicPlan.Found found) {
        String wanted = spec.config().get(TopicPlan.RETENTION);
        String has = found.config().get(TopicPlan.RETENTION);
        if (!settings.correctRetention() || wanted == null || wanted.equals(has)) {
            return found;
        }
        kafka.configure(spec.name(), TopicPlan.RETENTION, wanted);
        log.atInfo()
                .addKeyValue("topic", spec.name())
                .addKeyValue("was", has)
                .addKeyValue("is", wanted)
                .log("retention of an existing topic corrected");
        Map<String, String> config = new TreeMap<>(found.config());
        config.put(TopicPlan.RETENTION, wanted);
        return new TopicPlan.Found(found.partitions(), found.replicas(), config);
    }

    private void removeOfDeleted(Set<Integer> deleted) {
        if (deleted.isEmpty()) {
            return;
        }
        Set<Integer> waitingEvents = organisations.waiting();
        for (String topic : TopicPlan.ofDeleted(kafka.names(), deleted, waitingEvents)) {
            kafka.delete(topic);
            known.remove(topic);
            problems.remove(topic);
            log.atInfo().addKeyValue("topic", topic).log("topic of a deleted organisation deleted");
        }
        lookedAtDeleted = deleted.stream().noneMatch(waitingEvents::contains);
    }

    private void tell(String what) {
        long now = ticker.nanos();
        if (!waiting || now - toldAt >= REPEAT_NANOS) {
            waiting = true;
            toldAt = now;
            log.atWarn()
                    .addKeyValue("kafka", address)
                    .addKeyValue("failure", what)
                    .log("topics cannot be created now; events stay in the outbox and it is tried again");
        }
    }

    @Override
    public void close() {
        report.end();
        kafka.close();
    }
}
