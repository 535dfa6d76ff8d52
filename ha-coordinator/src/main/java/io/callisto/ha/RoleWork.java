package io.callisto.ha;

import java.time.Duration;

/** The duty of one tenure at work, as its seat sees it. All methods may be called by any thread. */
interface RoleWork {
    /** Begins; once. */
    void start();

    /** Ends the waiting, or saves the next one. */
    void wakeUp();

    /** Lets the running piece of work end, then closes the duty. */
    void finish();

    /** Interrupts what is going on; the tenure must be over. */
    void abort();

    /** The duty is closed, or was never there. */
    boolean ended();

    boolean isCurrentThread();

    /** Who gives a tenure's duty its time: a thread of its own, or a simulation that steps it. */
    @FunctionalInterface
    interface Factory {
        /**
         * @param idle longest wait between two pieces of work that found nothing to do
         * @param onEnd to be called when the duty is closed
         */
        RoleWork create(Tenure tenure, Duration idle, RoleDutyFactory duties, Runnable onEnd);
    }
}
