package io.callisto.event.client;

/** What {@code start} does when a client cannot read at once. Once it reads it never gives up by itself. */
public enum Startup {
    /**
     * Waits until the client reads, and throws {@link EventClientException} with what to do where it cannot: nobody
     * answers, a certificate is wrong, a topic is missing or not allowed. The default.
     */
    FAIL,

    /** Returns at once; the client tries until it can. Its status says what it waits for. */
    WAIT
}
