package io.callisto.benchmarks.events;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;

/** Times from one moment to another, with nearest-rank percentiles: each is a value that was really seen. */
final class Latencies {
    private static final double NANOS_PER_MILLI = 1e6;

    private final long[] sorted;

    private Latencies(long[] sorted) {
        this.sorted = sorted;
    }

    /**
     * @param nanos below zero where a client saw the event before its writer's commit had returned: counts as none
     */
    static Latencies of(LongStream nanos) {
        long[] sorted = nanos.map(one -> Math.max(0, one)).toArray();
        Arrays.sort(sorted);
        return new Latencies(sorted);
    }

    int count() {
        return sorted.length;
    }

    /** The smallest that at least {@code percent} of all do not exceed, in milliseconds; 0 where there are none. */
    double millis(double percent) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(percent * sorted.length / 100);
        return sorted[Math.max(1, Math.min(sorted.length, rank)) - 1] / NANOS_PER_MILLI;
    }

    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("p50", EventsReport.round(millis(50)));
        values.put("p99", EventsReport.round(millis(99)));
        values.put("max", EventsReport.round(millis(100)));
        values.put("events", count());
        return values;
    }
}
