package io.callisto.benchmarks.events;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.LongStream;

/** How many things happened a second, where it lasted. */
final class Throughput {
    private Throughput() {}

    /**
     * The highest rate that was kept up for {@code window}; where all was over sooner, the rate of the whole.
     *
     * @param start when it could begin
     * @param times when each happened, in any order
     */
    static double sustained(long start, LongStream times, Duration window) {
        long[] sorted = times.sorted().toArray();
        if (sorted.length == 0) {
            return 0;
        }
        long all = Math.max(1, sorted[sorted.length - 1] - start);
        long span = window.toNanos();
        if (all <= span) {
            return sorted.length * 1e9 / all;
        }
        int most = 0;
        int from = 0;
        for (int to = 0; to < sorted.length; to++) {
            while (sorted[to] - sorted[from] > span) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most * 1e9 / span;
    }

    /** Without the highest: everything, from the start to the last one. */
    static double whole(long start, LongStream times) {
        long[] all = times.toArray();
        long last = Arrays.stream(all).max().orElse(start);
        return last <= start ? 0 : all.length * 1e9 / (last - start);
    }
}
