package io.callisto.director.jobs;

import io.callisto.domain.job.JobState;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ends what is finished: pausing jobs whose calls are over, finite jobs without an open contact, stopping jobs after
 * their
 * contacts are closed. Used by the role's thread only.
 */
final class JobSweep {
    private final JdbcClient reads;
    private final FencedTransaction fenced;
    private final JdbcJobStore jobs;
    private final JobLedger ledger;
    private final int closeChunk;

    JobSweep(JdbcClient reads, FencedTransaction fenced, JdbcJobStore jobs, JobLedger ledger, int closeChunk) {
        this.reads = reads;
        this.fenced = fenced;
        this.jobs = jobs;
        this.ledger = ledger;
        this.closeChunk = closeChunk;
    }

    /**
     * Moves every job that is finished, and closes contacts of at most one, so that the work is short for its lease.
     *
     * @return how many transactions did something
     */
    int work(Lease lease) {
        int done = 0;
        boolean closed = false;
        for (SweptJob seen : jobs.sweep(reads)) {
            boolean closes = seen.closesWaiting();
            if (seen.decide().next() != null || (closes && !closed)) {
                closed |= closes;
                done += fenced.run(lease, jdbc -> settle(jdbc, lease, seen));
            }
        }
        return done;
    }

    /** Decides again inside the transaction: what was read before it may be old. */
    private int settle(JdbcClient jdbc, Lease lease, SweptJob seen) {
        SweptJob now = jobs.swept(jdbc, seen.job().id()).orElse(seen);
        JobState next = now.decide().next();
        if (next != null) {
            ledger.move(jdbc, lease, now.job(), next, now.decide().wantedPause(), null);
            return 1;
        }
        return now.closesWaiting() && jobs.closeWaiting(jdbc, now.job().id(), closeChunk) > 0 ? 1 : 0;
    }
}
