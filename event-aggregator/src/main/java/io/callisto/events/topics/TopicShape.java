package io.callisto.events.topics;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a topic should be like.
 *
 * @param partitions how many
 * @param retention how long events stay
 * @param replicas wanted, which then waits for so many brokers; null: as many as there are, at most 3
 * @param minInsyncReplicas that must have an event before it counts as written; null: 2 of 3 and more, else 1
 */
public record TopicShape(
        int partitions,
        Duration retention,
        @Nullable Integer replicas,
        @Nullable Integer minInsyncReplicas) {
    private static final int MOST_PARTITIONS = 1_000;

    public TopicShape {
        if (partitions < 1 || partitions > MOST_PARTITIONS) {
            throw new IllegalArgumentException(
                    "a topic has 1 to " + MOST_PARTITIONS + " partitions, not " + partitions);
        }
        if (retention.toMillis() < 1) {
            throw new IllegalArgumentException("the retention of a topic must be positive, is " + retention);
        }
        if (replicas != null && (replicas < 1 || replicas > Short.MAX_VALUE)) {
            throw new IllegalArgumentException("the number of replicas must be positive, is " + replicas);
        }
        if (minInsyncReplicas != null && minInsyncReplicas < 1) {
            throw new IllegalArgumentException("min-insync-replicas must be positive, is " + minInsyncReplicas);
        }
        if (replicas != null && minInsyncReplicas != null && minInsyncReplicas > replicas) {
            throw new IllegalArgumentException("min-insync-replicas " + minInsyncReplicas
                    + " is more than the number of replicas, " + replicas + ": nothing could ever be published");
        }
    }
}
