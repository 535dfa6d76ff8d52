package io.callisto.ha;

import io.callisto.domain.Ticker;
import java.util.Objects;

/**
 * The right to act for a scope: one per ownership. Its deadline moves with every confirmed renewal, so a piece of work
 * may take longer than a lease is good for, as long as somebody renews it meanwhile. Thread-safe.
 *
 * <p>Two leases are equal where they are the same ownership.
 */
public final class Lease {
    private final Scope scope;
    private final long epoch;
    private final NodeId owner;
    private volatile long deadlineNanos;
    private volatile boolean ended;

    /**
     * @param scope what it is about
     * @param epoch rises with every owner; every effect carries it
     * @param owner who holds it
     * @param deadlineNanos {@link Ticker} time after which the owner must not act, counted from the <em>sending</em> of
     *     the last confirmed renewal
     */
    public Lease(Scope scope, long epoch, NodeId owner, long deadlineNanos) {
        this.scope = Objects.requireNonNull(scope);
        this.epoch = epoch;
        this.owner = Objects.requireNonNull(owner);
        this.deadlineNanos = deadlineNanos;
    }

    public Scope scope() {
        return scope;
    }

    public long epoch() {
        return epoch;
    }

    public NodeId owner() {
        return owner;
    }

    /** {@link Ticker} time after which the owner must not act, as the last confirmed renewal moved it. */
    public long deadlineNanos() {
        return deadlineNanos;
    }

    /** Whether the owner may still act. A hint that saves useless work; safety rests on the fence, not on this. */
    public boolean live(Ticker ticker) {
        return !ended && ticker.nanos() - deadlineNanos < 0;
    }

    /** A renewal was confirmed. */
    void renewed(long newDeadlineNanos) {
        deadlineNanos = newDeadlineNanos;
    }

    /** The ownership is over, whatever the deadline says. */
    void end() {
        ended = true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Lease lease
                && scope.equals(lease.scope)
                && epoch == lease.epoch
                && owner.equals(lease.owner);
    }

    @Override
    public int hashCode() {
        return Objects.hash(scope, epoch, owner);
    }

    @Override
    public String toString() {
        return scope + " epoch " + epoch + " of " + owner;
    }
}
