package io.callisto.drills.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time and what is due in it. Events of one instant come in an order drawn from the seed. An event may itself
 * wait ({@link #runUntil}): others then happen inside it, which is how a call blocks without a thread.
 */
final class World {
    static final long MILLI = 1_000_000L;

    private static final Comparator<Event> ORDER = Comparator.comparingLong(Event::atNanos)
            .thenComparingLong(Event::lot)
            .thenComparingLong(Event::serial);

    private record Event(long atNanos, long lot, long serial, Runnable action) {}

    private final PriorityQueue<Event> queue = new PriorityQueue<>(ORDER);
    private final SplittableRandom random;
    private final Trace trace;
    private final @Nullable Sabotage sabotage;
    private long nowNanos;
    private long serial;
    private int events;
    private boolean calm;
    private @Nullable Violation violation;

    World(long seed, @Nullable Sabotage sabotage, Trace trace) {
        this.random = new SplittableRandom(seed);
        this.sabotage = sabotage;
        this.trace = trace;
    }

    long now() {
        return nowNanos;
    }

    int events() {
        return events;
    }

    boolean sabotaged(Sabotage by) {
        return sabotage == by;
    }

    /** No faults any more: neither the network nor anything else misbehaves. */
    boolean calm() {
        return calm;
    }

    void calmDown() {
        calm = true;
        trace("calm");
    }

    /** Nothing more is told after a violation. */
    void trace(String what) {
        if (violation == null) {
            trace.add(nowNanos, what);
        }
    }

    /** The first one counts; the run ends. */
    void violated(String checker, String what) {
        if (violation == null) {
            trace("VIOLATION " + checker + ": " + what);
            violation = new Violation(checker, what, nowNanos / MILLI);
        }
    }

    @Nullable
    Violation violation() {
        return violation;
    }

    void after(long nanos, Runnable action) {
        queue.add(new Event(nowNanos + Math.max(0, nanos), random.nextLong(), serial++, action));
    }

    /** Lets everything happen that is due until then. */
    void runUntil(long untilNanos) {
        while (violation == null) {
            Event next = queue.peek();
            if (next == null || next.atNanos() > untilNanos) {
                break;
            }
            queue.remove();
            nowNanos = Math.max(nowNanos, next.atNanos());
            events++;
            next.action().run();
        }
        nowNanos = Math.max(nowNanos, untilNanos);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Both ends included. */
    long between(long from, long to) {
        return random.nextLong(from, to + 1);
    }

    long millisBetween(long from, long to) {
        return between(from * MILLI, to * MILLI);
    }

    double rateBetween(double from, double to) {
        return from + random.nextDouble() * (to - from);
    }

    UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
