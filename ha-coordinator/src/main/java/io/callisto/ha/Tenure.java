package io.callisto.ha;

import io.callisto.domain.Ticker;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One ownership of a scope, from a claim to its end. It ends once and for good: what follows, even on the same node,
 * has another epoch, so a thread of this tenure that is stuck somewhere can never mix with it. Thread-safe.
 */
final class Tenure {
    private final Ticker ticker;
    private final Lease lease;
    private final Takeover takeover;
    private final TakeoverListener listener;
    private @Nullable String end;
    private boolean working;
    private long workingSinceNanos;
    private boolean ready;
    private long readyNanos;

    Tenure(Lease claimed, Ticker ticker) {
        this(
                claimed,
                ticker,
                new Takeover(claimed.scope(), claimed.epoch(), ClaimReason.FIRST, 0, ticker.nanos(), ticker.nanos()),
                TakeoverListener.NONE);
    }

    Tenure(Lease claimed, Ticker ticker, Takeover takeover, TakeoverListener listener) {
        this.lease = claimed;
        this.ticker = ticker;
        this.takeover = takeover;
        this.listener = listener;
    }

    /** Its duty has taken over. The first time counts: a duty that failed is replaced under the same lease. */
    void tookOver() {
        synchronized (this) {
            if (ready) {
                return;
            }
            ready = true;
            readyNanos = ticker.nanos();
        }
        listener.ready(takeover, readyNanos);
    }

    /** Its duty has done its first work; once. */
    void firstWorkDone(String what) {
        long since;
        synchronized (this) {
            since = readyNanos;
        }
        listener.firstWork(takeover, what, since, ticker.nanos());
    }

    /** A piece of work begins. */
    synchronized void workBegins() {
        working = true;
        workingSinceNanos = ticker.nanos();
    }

    /** The piece of work has come back. */
    synchronized void workEnds() {
        working = false;
    }

    /** Whether one piece of work has not come back for that long. */
    synchronized boolean stuckFor(Duration limit) {
        return working && ticker.nanos() - workingSinceNanos > limit.toNanos();
    }

    Scope scope() {
        return newest().scope();
    }

    long epoch() {
        return newest().epoch();
    }

    /** The lease, whether or not it may still be used. */
    Lease newest() {
        return lease;
    }

    /** The lease while its owner may act. */
    synchronized Optional<Lease> lease() {
        return end == null && lease.live(ticker) ? Optional.of(lease) : Optional.empty();
    }

    /**
     * A renewal was confirmed. Too late where the deadline has passed: whoever looked in between was told that it is
     * over.
     */
    synchronized void confirm(long deadlineNanos) {
        if (!expire() && end == null) {
            lease.renewed(deadlineNanos);
        }
    }

    /** Ends it where the deadline has passed. Says whether that has just happened. */
    synchronized boolean expire() {
        if (end != null || lease.live(ticker)) {
            return false;
        }
        end = "its deadline has passed";
        lease.end();
        return true;
    }

    /** Ends it; the first reason stays. Says whether this was the first. */
    synchronized boolean end(String why) {
        if (end != null) {
            return false;
        }
        end = why;
        lease.end();
        return true;
    }

    synchronized boolean over() {
        return end != null;
    }

    /** Why it ended. */
    synchronized String reason() {
        return end == null ? "" : end;
    }
}
