package io.callisto.outbox.relay;

import java.time.Duration;

/**
 * How a relay works.
 *
 * @param batchRows most rows of one transaction; nothing else is sent while it is in flight, so small batches cost
 *     throughput
 * @param retry wait before a new session after a failure of the log
 * @param topicCheck wait before it is asked again whether a missing topic exists now
 * @param names of the topics
 * @param statisticsGather how long statistics wait for others, so that many share a transaction; they are totals, told
 *     every few seconds, and a third of all events where there are agents
 */
public record RelaySettings(
        int batchRows, Duration retry, Duration topicCheck, TopicNames names, Duration statisticsGather) {
    /** Longer, and the alarm for a late outbox would ring for nothing. */
    private static final Duration MOST_STATISTICS_GATHER = Duration.ofSeconds(5);

    /** 2,000 rows, 4.0 names, statistics of a second together. */
    public static final RelaySettings DEFAULT = new RelaySettings(
            2_000, Duration.ofMillis(250), Duration.ofMillis(250), TopicNames.POM_4, Duration.ofSeconds(1));

    public RelaySettings {
        if (batchRows < 1 || batchRows > 10_000) {
            throw new IllegalArgumentException("a batch has 1 to 10000 rows, not " + batchRows);
        }
        if (statisticsGather.isNegative() || statisticsGather.compareTo(MOST_STATISTICS_GATHER) > 0) {
            throw new IllegalArgumentException(
                    "statistics are gathered for 0 to 5 seconds, not " + statisticsGather.toMillis() + " ms");
        }
    }
}
