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
 */
public record RelaySettings(int batchRows, Duration retry, Duration topicCheck, TopicNames names) {
    /** 2,000 rows, 4.0 names. */
    public static final RelaySettings DEFAULT =
            new RelaySettings(2_000, Duration.ofMillis(250), Duration.ofMillis(250), TopicNames.POM_4);

    public RelaySettings {
        if (batchRows < 1 || batchRows > 10_000) {
            throw new IllegalArgumentException("a batch has 1 to 10000 rows, not " + batchRows);
        }
    }
}
