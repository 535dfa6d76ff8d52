package io.callisto.gateway.client;

/** The gateway ended a watch for good: watching again under the same epoch is wrong. */
public final class WatchRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** A newer stream of the scope has taken its place. */
        REPLACED,
        /** The gateway has seen a higher epoch of the scope. */
        STALE_EPOCH,
        /** The gateway no longer has the events after the wanted one: list, and watch from there. */
        OUT_OF_RANGE
    }

    private final Reason reason;

    public WatchRefused(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
