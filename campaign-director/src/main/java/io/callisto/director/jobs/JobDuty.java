package io.callisto.director.jobs;

import io.callisto.director.allocation.Allocator;
import io.callisto.domain.Ticker;
import io.callisto.ha.Lease;
import io.callisto.ha.RoleDuty;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The common director's work. Everything it needs is in the database, so a takeover has nothing to repair. */
final class JobDuty implements RoleDuty {
    private static final Logger log = LoggerFactory.getLogger(JobDuty.class);

    private final JobCommands commands;
    private final JobFilter filter;
    private final JobSweep sweep;
    private final Allocator allocator;
    private final Ticker ticker;
    private final Duration sweepInterval;
    private long nextSweepNanos;

    JobDuty(
            JobCommands commands,
            JobFilter filter,
            JobSweep sweep,
            Allocator allocator,
            Ticker ticker,
            Duration sweepInterval) {
        this.commands = commands;
        this.filter = filter;
        this.sweep = sweep;
        this.allocator = allocator;
        this.ticker = ticker;
        this.sweepInterval = sweepInterval;
        this.nextSweepNanos = ticker.nanos();
    }

    @Override
    public void takeOver(Lease lease) {
        log.atInfo().addKeyValue("epoch", lease.epoch()).log("common director is here");
        nextSweepNanos = ticker.nanos();
    }

    @Override
    public int doWork(Lease lease) {
        int done = commands.apply(lease) + filter.work(lease);
        // What was just moved may already be finished (an empty campaign) and must not wait for the next sweep.
        if (done > 0 || ticker.nanos() - nextSweepNanos >= 0) {
            int swept = sweep.work(lease) + allocator.work(lease);
            // A sweep that did something has more to do: the next chunk of contacts to close, or the end after the
            // last.
            nextSweepNanos = ticker.nanos() + (swept > 0 ? 0 : sweepInterval.toNanos());
            done += swept;
        }
        return done;
    }

    @Override
    public void close() {}
}
