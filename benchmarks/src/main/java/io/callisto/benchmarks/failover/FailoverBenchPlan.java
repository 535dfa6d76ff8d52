package io.callisto.benchmarks.failover;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What to measure.
 *
 * @param dir data directory, absolute
 * @param runs faults of each kind per contender; 1 to 100
 * @param contenders who takes part
 * @param cap longest wait for a successor; 5 s to 1 h
 * @param freezes also freeze owners and let them go on
 */
record FailoverBenchPlan(Path dir, int runs, List<Contender> contenders, Duration cap, boolean freezes) {
    FailoverBenchPlan {
        contenders = List.copyOf(contenders);
        check(runs >= 1 && runs <= 100, "--runs must lie between 1 and 100");
        check(!contenders.isEmpty(), "--only names no contender");
        check(cap.toSeconds() >= 5 && cap.toSeconds() <= 3_600, "--cap must lie between 5 and 3600");
    }

    private static void check(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
