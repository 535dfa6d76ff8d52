package io.callisto.benchmarks.events;

import java.nio.file.Path;

/**
 * What to measure.
 *
 * @param dir data directory, absolute
 * @param rate attempts per second while latencies are measured; 1 to 2,000
 * @param seconds length of each of the two measured windows; 10 to 3,600
 * @param brokers Kafka brokers, 1 or 3
 * @param backlog events that the outbox is filled with to see how fast they leave; 10,000 to 500,000
 */
record EventsBenchPlan(Path dir, int rate, int seconds, int brokers, int backlog) {
    EventsBenchPlan {
        check(rate >= 1 && rate <= 2_000, "--rate must lie between 1 and 2000");
        check(seconds >= 10 && seconds <= 3_600, "--seconds must lie between 10 and 3600");
        check(brokers == 1 || brokers == 3, "--brokers must be 1 or 3");
        check(backlog >= 10_000 && backlog <= 500_000, "--backlog must lie between 10000 and 500000");
    }

    private static void check(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
