package io.callisto.drills.history;

import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** Nearest-rank percentiles of a handful of measurements: each is a value that was really seen. */
public final class Percentiles {
    private final List<Long> sorted;

    private Percentiles(List<Long> sorted) {
        this.sorted = sorted;
    }

    public static Percentiles of(Collection<Long> values) {
        return new Percentiles(values.stream().sorted().toList());
    }

    public int count() {
        return sorted.size();
    }

    public OptionalLong p50() {
        return at(50);
    }

    public OptionalLong p99() {
        return at(99);
    }

    /** The smallest value that at least {@code percent} of all do not exceed. */
    private OptionalLong at(int percent) {
        if (sorted.isEmpty()) {
            return OptionalLong.empty();
        }
        int rank = (percent * sorted.size() + 99) / 100;
        return OptionalLong.of(sorted.get(Math.max(1, rank) - 1));
    }
}
