package io.callisto.director.jobs;

import io.callisto.director.allocation.Allocator;
import io.callisto.director.statistics.JobStatistics;
import io.callisto.director.zones.ZoneRemoval;
import io.callisto.domain.Ticker;
import io.callisto.ha.Lease;
import io.callisto.ha.RoleDuty;
import io.callisto.ha.Scope;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The common director's work. Everything it needs is in the database, so a takeover has nothing to repair. */
final class JobDuty implements RoleDuty {
    private static final Logger log = LoggerFactory.getLogger(JobDuty.class);

    /** What it consists of, in the order in which it is done. */
    record Steps(
            JobCommands commands,
            JobFilter filter,
            JobSweep sweep,
            Allocator allocator,
            ZoneRemoval zones,
            JobStatistics statistics) {}

    private final JdbcClient reads;
    private final JdbcJobStore jobs;
    private final Steps steps;
    private final Ticker ticker;
    private final Duration sweepInterval;
    private long nextSweepNanos;
    private boolean swept;

    JobDuty(JdbcClient reads, JdbcJobStore jobs, Steps steps, Ticker ticker, Duration sweepInterval) {
        this.reads = reads;
        this.jobs = jobs;
        this.steps = steps;
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
        Backlog backlog = jobs.backlog(reads, lease.scope());
        int done = 0;
        if (backlog.orders()) {
            done += steps.commands().apply(lease);
        }
        if (backlog.toFilter()) {
            done += steps.filter().work(lease);
        }
        // What was just moved may already be finished (an empty campaign) and must not wait for the next sweep.
        if (done > 0 || ticker.nanos() - nextSweepNanos >= 0) {
            int ended = steps.sweep().work(lease);
            // A sweep that did something has more to do: the next chunk of contacts to close, or the end after the
            // last.
            nextSweepNanos = ticker.nanos() + (ended > 0 ? 0 : sweepInterval.toNanos());
            done += ended;
        }
        // Each time, not with the sweep: who wakes the director brings news of a manager, and its jobs stand still.
        if (done > 0 || backlog.open() || !swept) {
            done += steps.allocator().work(lease);
        }
        if (backlog.zonesToRemove()) {
            done += steps.zones().work(lease);
        }
        done += steps.statistics().work(lease);
        swept = true;
        return done;
    }

    /**
     * Does the reading part of the work, without a lease and without effect. A standby that has done it once takes over
     * with loaded classes and open connections instead of in half a second of cold start.
     */
    void rehearse() {
        var backlog = jobs.backlog(reads, Scope.director());
        int open = jobs.sweep(reads).size();
        steps.allocator().rehearse(reads);
        steps.statistics().rehearse();
        log.atDebug()
                .addKeyValue("orders", backlog.orders())
                .addKeyValue("open", open)
                .log("rehearsed");
    }

    @Override
    public String firstWork() {
        return "jobs swept";
    }

    @Override
    public boolean firstWorkDone(int done) {
        return swept;
    }

    @Override
    public void close() {}
}
