package io.callisto.events.topics;

import io.callisto.event.contract.TopicNaming;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What topics should be like.
 *
 * @param partitions of each event topic
 * @param retention of each event topic
 * @param replicationFactor wanted, which then waits for so many brokers; null: as many as there are, at most 3
 * @param shards of the outbox, each with a partition in the position topic
 * @param naming of the event topics
 * @param removeOfDeleted whether the topics of deleted organisations are deleted
 */
public record TopicSettings(
        int partitions,
        Duration retention,
        @Nullable Integer replicationFactor,
        int shards,
        TopicNaming naming,
        boolean removeOfDeleted) {
    public TopicSettings {
        if (partitions < 1 || shards < 1 || (replicationFactor != null && replicationFactor < 1)) {
            throw new IllegalArgumentException("partitions, shards and replicas of topics must be positive");
        }
        if (retention.isNegative() || retention.isZero()) {
            throw new IllegalArgumentException("the retention of topics must be positive");
        }
    }
}
