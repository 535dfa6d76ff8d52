package io.callisto.ha;

/** The lease is not ours any more: stop the duty, never retry under this lease. */
public final class Fenced extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Scope scope;
    private final long epoch;

    /**
     * @param lease the lease that was refused
     * @param why for the log
     */
    public Fenced(Lease lease, String why) {
        super(lease.scope() + " epoch " + lease.epoch() + ": " + why);
        this.scope = lease.scope();
        this.epoch = lease.epoch();
    }

    public Scope scope() {
        return scope;
    }

    public long epoch() {
        return epoch;
    }
}
