package io.callisto.benchmarks.events;

import io.callisto.event.contract.AttemptEvent;
import io.callisto.event.contract.CallistoEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Lets a load happen in real time, and remembers when each event's commit had returned. Used by one thread. */
final class EventWriter {
    /** Dialers write what has happened to many calls in one transaction; this is how long they gather. */
    private static final long TICK_NANOS = Duration.ofMillis(25).toNanos();

    private final EventLoad load;
    private final JdbcBenchOutboxStore outbox;
    private final Clock clock;
    private final Map<UUID, Long> committed = new HashMap<>();
    private final Map<UUID, UUID> completions = new HashMap<>();
    private final List<UUID> measured = new ArrayList<>();

    EventWriter(EventLoad load, JdbcBenchOutboxStore outbox, Clock clock) {
        this.load = load;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** When the commit of each event had returned. */
    Map<UUID, Long> committed() {
        return committed;
    }

    /** The last event of each attempt that is over, by the attempt. */
    Map<UUID, UUID> completions() {
        return completions;
    }

    /** Events of the last window, without those that came after its end. */
    List<UUID> measured() {
        return List.copyOf(measured);
    }

    /** Each in a transaction of its own, one a tick. */
    void writeOneByOne(List<CallistoEvent> events) {
        long start = System.nanoTime();
        long n = 0;
        for (CallistoEvent event : events) {
            write(List.of(event));
            n++;
            await(start + n * TICK_NANOS);
        }
    }

    /** All in one transaction; returns when its commit had returned. */
    long write(List<CallistoEvent> events) {
        outbox.write(events);
        long now = System.nanoTime();
        for (CallistoEvent event : events) {
            committed.put(event.eventId(), now);
            if (event instanceof AttemptEvent attempt && attempt.phase().equals("COMPLETED")) {
                completions.put(attempt.attemptId(), attempt.eventId());
            }
        }
        return now;
    }

    /**
     * Lets so much happen for so long, then what has begun come to its end.
     *
     * @return attempts that began in it
     */
    long window(LoadShape shape, Duration length) {
        measured.clear();
        long before = load.attempts();
        load.begin(shape);
        long start = System.nanoTime();
        long end = length.toNanos();
        boolean open = true;
        while (open || !load.over()) {
            long elapsed = System.nanoTime() - start;
            if (open && elapsed >= end) {
                open = false;
                // What belongs in the window and was not written yet.
                tell(load.due(end, clock.instant()), true);
                load.finish();
            }
            tell(load.due(elapsed, clock.instant()), open);
            await(start + (elapsed / TICK_NANOS + 1) * TICK_NANOS);
        }
        return load.attempts() - before;
    }

    private void tell(List<CallistoEvent> events, boolean inWindow) {
        if (events.isEmpty()) {
            return;
        }
        write(events);
        if (inWindow) {
            events.forEach(event -> measured.add(event.eventId()));
        }
    }

    private static void await(long nanos) {
        long left = nanos - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = nanos - System.nanoTime();
        }
    }
}
