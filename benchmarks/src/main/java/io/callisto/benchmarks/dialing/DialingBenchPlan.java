package io.callisto.benchmarks.dialing;

import java.nio.file.Path;

/**
 * What to measure.
 *
 * @param dir data directory, absolute
 * @param seconds length of the measured window; 5 to 3600
 * @param contacts contacts to call; 1,000 to 400,000: the reconciliation holds every event of the run
 * @param rate calls per second asked for; 1 to 10,000
 * @param brokers Kafka brokers, 1 or 3
 */
record DialingBenchPlan(Path dir, int seconds, int contacts, int rate, int brokers) {
    DialingBenchPlan {
        check(seconds >= 5 && seconds <= 3_600, "--seconds must lie between 5 and 3600");
        check(contacts >= 1_000 && contacts <= 400_000, "--contacts must lie between 1000 and 400000");
        check(rate >= 1 && rate <= 10_000, "--rate must lie between 1 and 10000");
        check(brokers == 1 || brokers == 3, "--kafka must be 1 or 3");
    }

    private static void check(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
