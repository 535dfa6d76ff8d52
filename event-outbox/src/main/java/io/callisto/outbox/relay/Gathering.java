package io.callisto.outbox.relay;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long small changes are gathered into one transaction of the log. Under load hardly at all, since a batch is large
 * anyway. When little happens, longer: an event that shares a transaction with thirty takes a fifth of the room of
 * one that comes alone, and nobody's throughput waits. Thread-safe.
 */
public final class Gathering {
    private final long least;
    private final long most;
    private final int aim;
    private final AtomicLong wait;

    /**
     * @param least wait under load; zero: none
     * @param most wait when little happens, at least {@code least}
     * @param aim rows that a transaction should have
     */
    public Gathering(Duration least, Duration most, int aim) {
        if (least.isNegative() || most.compareTo(least) < 0 || aim < 1) {
            throw new IllegalArgumentException("gathering needs 0 <= least <= most and at least a row, not " + least
                    + ", " + most + " and " + aim);
        }
        this.least = least.toNanos();
        this.most = most.toNanos();
        this.aim = aim;
        this.wait = new AtomicLong(this.most);
    }

    /** Always the same wait. */
    public static Gathering of(Duration wait) {
        return new Gathering(wait, wait, 1);
    }

    /** The wait in nanoseconds, from the first change on. */
    public long nanos() {
        return wait.get();
    }

    /** A transaction was committed: the next wait is the one that would have made it of the size aimed at. */
    void committed(int rows) {
        wait.updateAndGet(was -> Math.max(least, Math.min(most, next(was, rows))));
    }

    /** Halfway at most, in either direction: one odd batch says little. A wait of nothing must be able to grow. */
    private long next(long was, int rows) {
        double factor = Math.max(0.5, Math.min(1.5, (double) aim / Math.max(1, rows)));
        return (long) (Math.max(was, 1_000_000) * factor);
    }
}
