package io.callisto.events.aggregate;

import java.time.Duration;

/**
 * How the aggregator works.
 *
 * @param shards how many there are
 * @param dueRows most waiting results of one transaction
 * @param sweepRows most rows that one transaction forgets
 * @param topicCheck time between two looks for new topics
 * @param quarantineKeep how long records that cannot be used are kept
 * @param limits how long a result waits for what
 */
record AggregatorSettings(
        int shards,
        int dueRows,
        int sweepRows,
        Duration topicCheck,
        Duration quarantineKeep,
        ResultDecision.Limits limits) {}
