package io.callisto.drills.testbed;

import io.callisto.server.process.Pause;
import org.jspecify.annotations.Nullable;

/**
 * The end of a target, which must come about: also at the end of the JVM, by Ctrl-C for example, while another thread
 * may
 * still be bringing the cluster up; also in a thread that was interrupted. Thread-safe.
 */
final class Ending {
    private static final int TRIES = 40;
    private static final long RETRY_MILLIS = 250;

    private @Nullable Runnable end;
    private @Nullable Thread hook;

    /** From now on there is something to end. */
    synchronized void arm(Runnable what) {
        end = what;
        Thread atExit = new Thread(this::atExit, "drill-end");
        hook = atExit;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Ends it, once.
     *
     * @throws TargetFailure where that did not succeed; the end of the JVM is the next occasion
     */
    synchronized void now() {
        Runnable what = end;
        Thread atExit = hook;
        if (what == null || atExit == null) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            what.run();
            end = null;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            hook = null; // the JVM is ending, and this is the hook
        }
    }

    private void atExit() {
        TargetFailure last = new TargetFailure("nothing was tried", null);
        for (int i = 0; i < TRIES; i++) {
            try {
                now();
                return;
            } catch (TargetFailure e) {
                last = e;
            }
            try {
                Pause.millis(RETRY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        System.err.println("callisto: the drill's cluster was not removed: " + last.getMessage());
    }
}
