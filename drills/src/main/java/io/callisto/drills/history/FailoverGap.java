package io.callisto.drills.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a scope did nothing because of a fault.
 *
 * @param millis the gap
 * @param basis what it is measured between
 */
public record FailoverGap(long millis, Basis basis) {
    /** Effects that are rarer than this before the fault say nothing about the length of an outage. */
    private static final Duration STEADY = Duration.ofMillis(400);

    /** What a gap is measured between. */
    public enum Basis {
        /** The longest gap between accepted effects. */
        EFFECTS,
        /** From the fault to the first work of the next owner: the scope's steady effects are rarer than an outage. */
        FIRST_WORK,
        /** The scope had no more work, or did not change hands. */
        NONE
    }

    /**
     * Measures a scope.
     *
     * @param effects when the scope's effects were accepted, from some seconds before the fault on; any order
     * @param fault the instant of the fault
     * @param firstWork first work of the next owner, where there is one
     * @param end when the measurement ends
     */
    public static FailoverGap of(List<Instant> effects, Instant fault, @Nullable Instant firstWork, Instant end) {
        List<Instant> sorted = effects.stream().sorted().toList();
        List<Instant> before = sorted.stream().filter(at -> at.isBefore(fault)).toList();
        List<Instant> during = new ArrayList<>(sorted.stream()
                .filter(at -> !at.isBefore(fault) && !at.isAfter(end))
                .toList());
        if (steady(before, fault) && !during.isEmpty()) {
            during.add(0, before.get(before.size() - 1));
            return new FailoverGap(longest(during), Basis.EFFECTS);
        }
        if (firstWork != null) {
            return new FailoverGap(
                    Math.max(0, Duration.between(fault, firstWork).toMillis()), Basis.FIRST_WORK);
        }
        return new FailoverGap(0, Basis.NONE);
    }

    /**
     * Measures a client, or a scope that need not have changed hands: the longest gap from its last effect before the
     * fault on, however steady it was.
     */
    public static FailoverGap plain(List<Instant> effects, Instant fault, Instant end) {
        List<Instant> sorted = effects.stream().sorted().toList();
        List<Instant> counted = new ArrayList<>(sorted.stream()
                .filter(at -> !at.isBefore(fault) && !at.isAfter(end))
                .toList());
        List<Instant> before = sorted.stream().filter(at -> at.isBefore(fault)).toList();
        if (before.isEmpty() || counted.isEmpty()) {
            return new FailoverGap(0, Basis.NONE);
        }
        counted.add(0, before.get(before.size() - 1));
        return new FailoverGap(longest(counted), Basis.EFFECTS);
    }

    /** The longest gap between neighbours; 0 for fewer than two. */
    public static long longest(List<Instant> sorted) {
        long longest = 0;
        for (int i = 1; i < sorted.size(); i++) {
            longest = Math.max(
                    longest, Duration.between(sorted.get(i - 1), sorted.get(i)).toMillis());
        }
        return longest;
    }

    private static boolean steady(List<Instant> before, Instant fault) {
        if (before.size() < 3) {
            return false;
        }
        List<Instant> upToFault = new ArrayList<>(before);
        upToFault.add(fault);
        return longest(upToFault.subList(Math.max(0, upToFault.size() - 10), upToFault.size())) <= STEADY.toMillis();
    }
}
