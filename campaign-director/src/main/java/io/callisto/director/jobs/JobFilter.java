package io.callisto.director.jobs;

import io.callisto.domain.job.JobDecision;
import io.callisto.domain.job.JobState;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Turns the lists of a job's campaign into the job's contacts. Each step is one fenced transaction that moves the
 * zone's cursor
 * with the contacts that it stands for, so whoever owns the scope next goes on where the last commit was. Contacts that
 * are
 * imported while the filter runs may or may not be taken. Used by the role's thread only.
 */
final class JobFilter {
    private static final Logger log = LoggerFactory.getLogger(JobFilter.class);

    private final JdbcClient reads;
    private final FencedTransaction fenced;
    private final JdbcJobStore jobs;
    private final JdbcFilterStore filter;
    private final JobLedger ledger;
    private final int chunkSize;
    private long lastJob;

    JobFilter(
            JdbcClient reads,
            FencedTransaction fenced,
            JdbcJobStore jobs,
            JdbcFilterStore filter,
            JobLedger ledger,
            int chunkSize) {
        this.reads = reads;
        this.fenced = fenced;
        this.jobs = jobs;
        this.filter = filter;
        this.ledger = ledger;
        this.chunkSize = chunkSize;
    }

    /**
     * One step of one job. Jobs take turns, and a step is short: the lease that it is done under is as old as the step
     * is long.
     *
     * @return how many steps were done, 0 or 1
     */
    int work(Lease lease) {
        List<Job> open = jobs.toFilter(reads);
        if (open.isEmpty()) {
            return 0;
        }
        Job job = open.stream()
                .filter(candidate -> candidate.id().value() > lastJob)
                .findFirst()
                .orElse(open.get(0));
        lastJob = job.id().value();
        fenced.run(lease, jdbc -> {
            step(jdbc, lease, job);
            return job.id();
        });
        return 1;
    }

    /** The job was read before the transaction: its version proves, at the first write, that it is still the same. */
    private void step(JdbcClient jdbc, Lease lease, Job job) {
        if (job.state() == JobState.QUEUED) {
            filter.begin(jdbc, job.id());
            ledger.move(jdbc, lease, job, JobState.FILTER_IN_PROGRESS, job.wantedPause(), null);
            return;
        }
        Optional<JdbcFilterStore.Position> position = filter.next(jdbc, job.id());
        if (position.isPresent()) {
            JdbcFilterStore.Chunk chunk = filter.take(jdbc, position.get(), chunkSize);
            log.atDebug()
                    .addKeyValue("job", job.id())
                    .addKeyValue("zone", position.get().part().zone())
                    .addKeyValue("seen", chunk.seen())
                    .addKeyValue("added", chunk.added())
                    .log("contacts filtered");
            return;
        }
        JobDecision decision = JobDecision.onFiltered(job.wantedPause());
        JobState next = decision.next();
        if (next != null) {
            ledger.move(jdbc, lease, job, next, decision.wantedPause(), null);
        }
    }
}
