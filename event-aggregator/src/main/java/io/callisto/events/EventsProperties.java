package io.callisto.events;

import io.callisto.event.contract.EventType;
import io.callisto.events.topics.TopicShape;
import io.callisto.outbox.relay.TopicNames;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The event stream.
 *
 * @param partitions of each event topic when it is created; more than 1 keeps the order per key only
 * @param retention of each event topic when it is created
 * @param topics by event type, what differs from {@code partitions}, {@code retention}, {@code
 *     callisto.kafka.replication-factor} and {@code callisto.kafka.min-insync-replicas}, such as {@code
 *     callisto.events.topics.ATTEMPT.retention=72h}
 * @param topicNaming {@code pom-4} ({@code POM.Default.JOB}), {@code pom-3} ({@code Default_POM_JOB}), or {@code both}:
 *     every event under both names
 * @param correctRetention whether an existing topic whose retention differs gets the one that is set; else it is
 *     reported
 * @param removeTopicsOfDeletedOrganisations whether a deleted organisation's topics go too, with all that is in them
 * @param batchRows most events of one Kafka transaction
 * @param gather how long small changes are gathered into one transaction under load
 * @param gatherMost how long when little happens: events that share a transaction take less room, one that comes alone
 *     waits for so long
 * @param gatherRows events that a transaction should have; what decides between the two
 * @param statisticsGather how long statistics of jobs and agents wait for others of theirs, 0 to 5 s
 * @param idle longest wait for new events when the database's notice is missed
 * @param retry wait after a failure of Kafka
 * @param organisationCheck time between two looks for new organisations
 */
@ConfigurationProperties("callisto.events")
public record EventsProperties(
        @DefaultValue("1") int partitions,
        @DefaultValue("168h") Duration retention,
        @DefaultValue Map<EventType, TopicChoice> topics,
        @DefaultValue("pom-4") TopicNames topicNaming,
        @DefaultValue("false") boolean correctRetention,
        @DefaultValue("true") boolean removeTopicsOfDeletedOrganisations,
        @DefaultValue("2000") int batchRows,
        @DefaultValue("20ms") Duration gather,
        @DefaultValue("100ms") Duration gatherMost,
        @DefaultValue("50") int gatherRows,
        @DefaultValue("1s") Duration statisticsGather,
        @DefaultValue("250ms") Duration idle,
        @DefaultValue("250ms") Duration retry,
        @DefaultValue("1s") Duration organisationCheck) {
    /**
     * What is different about the topics of a type; what is left out is as for all.
     *
     * @param partitions how many
     * @param retention how long events stay
     * @param replicas how many
     * @param minInsyncReplicas that must have an event before it counts as written
     */
    public record TopicChoice(
            @Nullable Integer partitions,
            @Nullable Duration retention,
            @Nullable Integer replicas,
            @Nullable Integer minInsyncReplicas) {
        TopicShape over(TopicShape general) {
            return new TopicShape(
                    partitions == null ? general.partitions() : partitions,
                    retention == null ? general.retention() : retention,
                    replicas == null ? general.replicas() : replicas,
                    minInsyncReplicas == null ? general.minInsyncReplicas() : minInsyncReplicas);
        }
    }

    public EventsProperties {
        topics = Map.copyOf(topics);
        if (partitions < 1 || retention.isNegative() || retention.isZero()) {
            throw new IllegalArgumentException(
                    "callisto.events.partitions and callisto.events.retention must be positive");
        }
        if (idle.isNegative() || idle.isZero() || gather.isNegative()) {
            throw new IllegalArgumentException("callisto.events.idle must be positive and gather not negative");
        }
        if (gatherMost.compareTo(gather) < 0 || gatherRows < 1) {
            throw new IllegalArgumentException(
                    "callisto.events.gather-most must not be less than gather, and gather-rows must be positive");
        }
    }

    /** The shapes of the topics whose type has one of its own. */
    Map<EventType, TopicShape> shapes(TopicShape general) {
        Map<EventType, TopicShape> shapes = new EnumMap<>(EventType.class);
        topics.forEach((type, choice) -> shapes.put(type, choice.over(general)));
        return shapes;
    }
}
