package io.callisto.drills.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.springframework.dao.DataAccessException;

/** Waiting with an end. Used by one thread. */
public final class Patience {
    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private final String what;
    private final Duration limit;
    private final long start = System.nanoTime();

    /**
     * @param what is waited for, for the message
     */
    public Patience(String what, Duration limit) {
        this.what = what;
        this.limit = limit;
    }

    /**
     * Waits until it holds; a database that is away counts as "not yet".
     *
     * @return false where the limit passed first
     */
    public static boolean until(Duration limit, BooleanSupplier holds) {
        Patience patience = new Patience("", limit);
        while (!quietly(holds)) {
            if (patience.over()) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    /** Lets time pass. */
    public static void rest(Duration time) {
        Patience patience = new Patience("", time);
        while (!patience.over()) {
            LockSupport.parkNanos(Math.min(PAUSE_NANOS, Math.max(1, time.toNanos())));
        }
    }

    /**
     * Waits a little.
     *
     * @throws IllegalStateException where the limit has passed
     */
    public void pause() {
        if (over()) {
            throw new IllegalStateException("waited " + limit.toSeconds() + " s in vain for " + what);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    private boolean over() {
        return System.nanoTime() - start > limit.toNanos();
    }

    private static boolean quietly(BooleanSupplier holds) {
        try {
            return holds.getAsBoolean();
        } catch (DataAccessException away) {
            return false;
        }
    }
}
