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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the topics: creates what is missing for every organisation, warns where an existing topic differs, deletes the
 * topics of deleted organisations where that is wanted. Kafka is asked only when something is new. Used by the thread
 * of {@code outbox/0}.
 */
public final class TopicKeeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TopicKeeper.class);
    private static final long REPEAT_NANOS = Duration.ofSeconds(10).toNanos();

    private final JdbcOrganisationStore organisations;
    private final KafkaTopics kafka;
    private final KafkaAddress address;
    private final TopicSettings settings;
    private final Ticker ticker;

    /** Topics that are there, as far as this keeper knows. */
    private final Set<String> known = new HashSet<>();

    private boolean waiting;
    private long toldAt;

    TopicKeeper(
            JdbcOrganisationStore organisations,
            KafkaTopics kafka,
            KafkaAddress address,
            TopicSettings settings,
            Ticker ticker) {
        this.organisations = organisations;
        this.kafka = kafka;
        this.address = address;
        this.settings = settings;
        this.ticker = ticker;
    }

    /**
     * Creates what is missing.
     *
     * @return whether events can be published: the position topic is there
     */
    public boolean check() {
        Set<Integer> now = organisations.organisations();
        Map<String, TopicPlan.Spec> unknown = new LinkedHashMap<>(TopicPlan.wanted(now, settings));
        unknown.keySet().removeAll(known);
        if (unknown.isEmpty() && !somebodyLeft(now)) {
            return true;
        }
        try {
            settle(unknown);
            if (settings.removeOfDeleted()) {
                removeOfDeleted(now);
            }
        } catch (EventLogFailure e) {
            kafka.close();
            tell(String.valueOf(e.getMessage()));
        }
        return known.contains(PositionTopic.NAME);
    }

    private boolean somebodyLeft(Set<Integer> now) {
        return settings.removeOfDeleted()
                && known.stream()
                        .map(settings.naming()::numberedOrganisation)
                        .anyMatch(id -> id.isPresent() && !now.contains(id.getAsInt()));
    }

    private void settle(Map<String, TopicPlan.Spec> unknown) {
        if (unknown.isEmpty()) {
            return;
        }
        Set<String> existing = new HashSet<>(kafka.names());
        existing.retainAll(unknown.keySet());
        int brokers = kafka.liveBrokers();
        Integer asked = settings.replicationFactor();
        int replicas = TopicPlan.replicas(settings, brokers);
        if (!existing.isEmpty()) {
            int should = asked == null ? replicas : asked;
            compareAll(unknown, kafka.describe(existing), should);
        }
        unknown.keySet().removeAll(existing);
        if (unknown.isEmpty()) {
            return;
        }
        if (replicas == 0) {
            tell(brokers + " of " + asked + " brokers are there; topics are created when all are");
            return;
        }
        unknown.values().forEach(spec -> create(spec, replicas));
        if (waiting) {
            waiting = false;
            log.atInfo().addKeyValue("brokers", brokers).log("Kafka is there");
        }
    }

    private void create(TopicPlan.Spec spec, int replicas) {
        kafka.create(spec, replicas);
        known.add(spec.name());
        log.atInfo()
                .addKeyValue("topic", spec.name())
                .addKeyValue("partitions", spec.partitions())
                .addKeyValue("replicas", replicas)
                .addKeyValue("config", spec.config(replicas))
                .log("topic created");
    }

    private void compareAll(Map<String, TopicPlan.Spec> wanted, Map<String, TopicPlan.Found> existing, int replicas) {
        wanted.values().forEach(spec -> {
            TopicPlan.Found found = existing.get(spec.name());
            if (found != null) {
                compare(spec, found, replicas);
            }
        });
    }

    private void compare(TopicPlan.Spec spec, TopicPlan.Found found, int replicas) {
        if (spec.name().equals(PositionTopic.NAME) && found.partitions() < spec.partitions()) {
            // Each shard has its own partition there, whatever was created for fewer shards.
            kafka.growTo(spec.name(), spec.partitions());
            found = new TopicPlan.Found(spec.partitions(), found.replicas(), found.config());
        }
        known.add(spec.name());
        TopicPlan.Difference difference = TopicPlan.difference(spec, found, replicas);
        if (!difference.isEmpty()) {
            log.atWarn()
                    .addKeyValue("topic", spec.name())
                    .addKeyValue("found", difference.found())
                    .addKeyValue("wanted", difference.wanted())
                    .log("an existing topic has other settings and is left as it is");
        }
    }

    private void removeOfDeleted(Set<Integer> now) {
        Set<String> left = TopicPlan.ofDeleted(kafka.names(), now, organisations.waiting(), settings);
        for (String topic : left) {
            kafka.delete(topic);
            known.remove(topic);
            log.atInfo().addKeyValue("topic", topic).log("topic of a deleted organisation deleted");
        }
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
        kafka.close();
    }
}
