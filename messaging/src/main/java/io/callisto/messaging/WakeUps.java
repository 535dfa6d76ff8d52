package io.callisto.messaging;

import java.util.function.Consumer;

/** Tells the owner of a scope, wherever it is, that something waits for it. A hint: it can be lost. Thread-safe. */
public interface WakeUps {
    /**
     * Wakes the owner once the current transaction has committed, or at once where there is none. Returns at once and
     * never fails: without a broker the owner hears by NOTIFY or looks by itself.
     *
     * @param scope such as {@code director/1}
     */
    void wake(String scope);

    /**
     * Hears all wake-ups, and an empty one after each (re)connection, because some may have been missed.
     *
     * @param listener gets the scope; must only wake somebody
     * @return ends the hearing
     */
    Subscription onWakeUp(Consumer<String> listener);

    /** Hearing that can be ended. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** Without a broker. */
    static WakeUps none() {
        return new WakeUps() {
            @Override
            public void wake(String scope) {
                // NOTIFY and the owners' sweeps do it.
            }

            @Override
            public Subscription onWakeUp(Consumer<String> listener) {
                return () -> {};
            }
        };
    }
}
