package io.callisto.server.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Waiting for what does not tell: other processes and servers that are not there yet. Always with a step and a limit.
 */
public final class Pause {
    private Pause() {}

    /** Lets a moment pass between two looks. */
    public static void millis(long millis) throws InterruptedException {
        boolean never = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        if (never) {
            throw new IllegalStateException("nobody counts down");
        }
    }

    /** Looks every {@code stepMillis} until it is so, for at most {@code limitMillis}; returns whether it is. */
    public static boolean until(long limitMillis, long stepMillis, BooleanSupplier so) throws InterruptedException {
        for (long waited = 0; waited < limitMillis; waited += stepMillis) {
            if (so.getAsBoolean()) {
                return true;
            }
            millis(stepMillis);
        }
        return so.getAsBoolean();
    }
}
