package io.callisto.ha;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the coordinator has counted since it started. Thread-safe. */
final class LeaseStatistics {
    /** What is counted. */
    enum Event {
        CLAIMED,
        LOST,
        DEADLINE_PASSED,
        HANDED_OVER,
        RENEWED,
        DATABASE_FAILED,
        /** A candidate came too late. */
        CLAIM_REFUSED,
        /** A row was locked by the last owner's work, or by another claimer. */
        CLAIM_BLOCKED,
        /** A duty was refused by a fence. */
        FENCED,
        /** This process stood still for a while. */
        PAUSED,
        /** SQL statements of the coordinator. */
        STATEMENT,
        /** A peer was found to have ended, and said so. */
        CERTIFIED
    }

    private final Map<Event, LongAdder> counts = new ConcurrentHashMap<>();

    LeaseStatistics() {
        for (Event event : Event.values()) {
            counts.put(event, new LongAdder());
        }
    }

    void count(Event event) {
        LongAdder adder = counts.get(event);
        if (adder != null) {
            adder.increment();
        }
    }

    long get(Event event) {
        LongAdder adder = counts.get(event);
        return adder == null ? 0 : adder.sum();
    }
}
