package io.callisto.ha;

import io.callisto.domain.Ticker;

/**
 * The right to act for a scope, as it stood after its last confirmed renewal. A value: it does not renew itself; ask
 * {@link Candidacy#lease()} for the newest.
 *
 * @param scope what it is about
 * @param epoch rises with every owner; every effect carries it
 * @param owner who holds it
 * @param deadlineNanos {@link Ticker} time after which the owner must not act, counted from the <em>sending</em> of the
 *     last confirmed renewal
 */
public record Lease(Scope scope, long epoch, NodeId owner, long deadlineNanos) {

    /** Whether the owner may still act. A hint that saves useless work; safety rests on the fence, not on this. */
    public boolean live(Ticker ticker) {
        return ticker.nanos() - deadlineNanos < 0;
    }
}
