package io.callisto.outbox.relay;

/** The log could not do it, or it is unknown whether it did: the session is of no use any more, open another. */
public final class EventLogFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What it means for the relay. */
    public enum Kind {
        /** Another session of the shard was opened: a successor, or a late predecessor. */
        FENCED,
        /** Anything else: not reachable, refused, timed out. */
        UNAVAILABLE
    }

    private final Kind kind;

    /**
     * @param kind what it means
     * @param what what was tried, with the address of the log, for the operator
     * @param cause from the log's client
     */
    public EventLogFailure(Kind kind, String what, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
        this.kind = kind;
    }

    /**
     * @param kind what it means
     * @param what what was tried, with the address of the log, for the operator
     */
    public EventLogFailure(Kind kind, String what) {
        super(what);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
