package io.callisto.event.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Hears what a client does, for metrics and alarms. Called by the client's thread: it must be quick, and not throw. */
public interface EventClientObserver {
    /**
     * A handler was done with an event.
     *
     * @param took how long it took
     */
    default void handled(EventContext context, Duration took) {}

    /** A handler has thrown. */
    default void failed(EventContext context, Exception cause) {}

    /** A record was no event. */
    default void poison(PoisonRecord poison) {}

    /**
     * The client follows a site.
     *
     * @param before the one before; null for the first
     */
    default void siteChanged(@Nullable String before, String now) {}

    /**
     * The client does something else.
     *
     * @param problem what is wrong and what to do; null where all is well
     */
    default void stateChanged(EventClientStatus.State state, @Nullable String problem) {}
}
