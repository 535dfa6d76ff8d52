package io.callisto.events.aggregate;

import io.callisto.events.aggregate.ResultDecision.Limits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The aggregator of enriched attempt results.
 *
 * @param shards number of aggregators that can work at the same time, at most as many as topic ATTEMPT has partitions;
 *     alike on all servers, and to be changed together with an order to rebuild; 1 to 64
 * @param consumerName how it is called at the brokers; there is no consumer group of this name, because a group cannot
 *     take over as fast as a lease
 * @param batch most records of one transaction; 1 to 10,000
 * @param agentLimit how long a result waits for the end of an agent's wrap-up; what comes later makes a replacement;
 *     1 s to 1 day
 * @param jobLimit how long a result waits for the job's event; 0 s to 1 h
 * @param grace how long a told result is kept for what comes late; 10 s to 7 days
 * @param openLimit how long an attempt is kept that never ends in the log; 1 h to 30 days
 * @param topicCheck time between two looks for new topics; 100 ms to 1 min
 * @param sweepRows most rows that one transaction forgets; 100 to 100,000
 * @param quarantineKeep how long records that cannot be used are kept; 1 h to 366 days
 */
@ConfigurationProperties("callisto.aggregator")
public record AggregatorProperties(
        @DefaultValue("1") int shards,

        @DefaultValue("callisto-enriched-attempt-aggregator")
        String consumerName,

        @DefaultValue("2000") int batch,
        @DefaultValue("10m") Duration agentLimit,
        @DefaultValue("2s") Duration jobLimit,
        @DefaultValue("5m") Duration grace,
        @DefaultValue("24h") Duration openLimit,
        @DefaultValue("2s") Duration topicCheck,
        @DefaultValue("5000") int sweepRows,
        @DefaultValue("30d") Duration quarantineKeep) {
    private static final Duration HOLD = Duration.ofMillis(200);
    private static final int DUE_ROWS = 1_000;

    public AggregatorProperties {
        requireWithin("shards", shards, 1, 64);
        requireWithin("batch", batch, 1, 10_000);
        requireWithin("sweep-rows", sweepRows, 100, 100_000);
        requireWithin("agent-limit", agentLimit, Duration.ofSeconds(1), Duration.ofDays(1));
        requireWithin("job-limit", jobLimit, Duration.ZERO, Duration.ofHours(1));
        requireWithin("grace", grace, Duration.ofSeconds(10), Duration.ofDays(7));
        requireWithin("open-limit", openLimit, Duration.ofHours(1), Duration.ofDays(30));
        requireWithin("topic-check", topicCheck, Duration.ofMillis(100), Duration.ofMinutes(1));
        requireWithin("quarantine-keep", quarantineKeep, Duration.ofHours(1), Duration.ofDays(366));
        if (consumerName.isBlank()) {
            throw new IllegalArgumentException("callisto.aggregator.consumer-name must not be empty");
        }
    }

    private static <T extends Comparable<T>> void requireWithin(String name, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "callisto.aggregator." + name + " must lie between " + least + " and " + most + ": " + value);
        }
    }

    AggregatorSettings settings() {
        return new AggregatorSettings(
                shards,
                DUE_ROWS,
                sweepRows,
                topicCheck,
                quarantineKeep,
                new Limits(agentLimit, jobLimit, HOLD, grace, openLimit));
    }
}
