package io.callisto.benchmarks.failover;

import java.util.ArrayList;
import java.util.List;

/** Measures of one kind of fault over the runs. Used by one thread. */
final class Series {
    private final List<Double> gaps = new ArrayList<>();
    private int unfinished;
    private long rivals;
    private long late;

    void add(FailoverMeasure measure) {
        if (measure.gapMillis().isPresent()) {
            gaps.add(measure.gapMillis().getAsDouble());
            gaps.sort(Double::compare);
        } else {
            unfinished++;
        }
        rivals += measure.rivals();
        late += measure.late();
    }

    int runs() {
        return gaps.size() + unfinished;
    }

    /** Runs in which nobody took over before the cap. */
    int unfinished() {
        return unfinished;
    }

    /** Gaps in milliseconds, shortest first. */
    List<Double> gaps() {
        return List.copyOf(gaps);
    }

    double median() {
        int middle = gaps.size() / 2;
        return gaps.size() % 2 == 1 ? gaps.get(middle) : (gaps.get(middle - 1) + gaps.get(middle)) / 2;
    }

    double min() {
        return gaps.get(0);
    }

    double max() {
        return gaps.get(gaps.size() - 1);
    }

    /** Effects of a second owner before any fault. */
    long rivals() {
        return rivals;
    }

    /** Effects of former owners after their successors' first. */
    long late() {
        return late;
    }
}
