package io.callisto.drills.testbed;

import io.callisto.server.process.Pause;

/** The end of a target at the end of the JVM, by Ctrl-C for example. */
final class Shutdowns {
    private static final int TRIES = 20;

    private Shutdowns() {}

    /** The hook of a target that was closed. */
    static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook finds nothing to do.
            hook.setName("drill-end-done");
        }
    }

    /** Tries again while the thread that was bringing the cluster up is still at it. */
    static void untilDone(Runnable end) {
        TargetFailure last = new TargetFailure("nothing was tried", null);
        for (int i = 0; i < TRIES; i++) {
            try {
                end.run();
                return;
            } catch (TargetFailure e) {
                last = e;
            }
            try {
                Pause.millis(250);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        System.err.println("callisto: the drill's cluster was not removed: " + last.getMessage());
    }
}
