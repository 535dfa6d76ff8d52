package io.callisto.event.client;

/** When the group's position is kept, which is where a client goes on after a restart. Never before the handler. */
public enum CommitMode {
    /** After every event: a crash repeats one event at most; some hundred events a second. */
    EACH,

    /** After the events that came together: a crash repeats those of the last second at most; the fastest. */
    BATCH,

    /** After {@link EventContext#acknowledge}: for handlers that hand events on to other threads. */
    MANUAL
}
