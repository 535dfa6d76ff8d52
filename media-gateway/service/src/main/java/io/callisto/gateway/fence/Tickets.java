package io.callisto.gateway.fence;

import io.callisto.domain.Ticker;
import java.util.concurrent.TimeUnit;

/**
 * The gateway's clock as callers see it: the number of the run (from the registry) in the upper bits, then milliseconds
 * of
 * the monotonic clock since its start. So a ticket of an earlier run, or 0, is always too old.
 */
public final class Tickets {
    /** 34 years of milliseconds. */
    private static final int MILLIS_BITS = 40;

    private final long run;
    private final Ticker ticker;
    private final long start;

    public Tickets(long run, Ticker ticker) {
        if (run < 1 || run >= 1L << (Long.SIZE - 1 - MILLIS_BITS)) {
            throw new IllegalArgumentException("run out of range: " + run);
        }
        this.run = run;
        this.ticker = ticker;
        this.start = ticker.nanos();
    }

    /** The ticket of this moment. */
    public long now() {
        return run << MILLIS_BITS | TimeUnit.NANOSECONDS.toMillis(ticker.nanos() - start);
    }

    /** Whether a command with this ticket has outlived its ttl. A ticket that was not given out by this run has. */
    public boolean tooLate(long ticket, int ttlMillis) {
        long age = now() - ticket;
        return ticket >>> MILLIS_BITS != run || age < 0 || age > ttlMillis;
    }
}
