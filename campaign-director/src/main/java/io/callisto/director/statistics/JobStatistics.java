package io.callisto.director.statistics;

import io.callisto.domain.IdGenerator;
import io.callisto.domain.JobId;
import io.callisto.domain.Ticker;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.JobStatisticsEvent;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import io.callisto.outbox.OutboxEvent;
import io.callisto.outbox.OutboxWriter;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells how far jobs are. The cadence of a job is counted from its last event, by the database's clock, so a takeover
 * neither doubles an event nor makes the next one late, and its rates are over the true interval. Used by the role's
 * thread only.
 */
public final class JobStatistics {
    /** Jobs told of in one transaction; more follow at once. */
    private static final int BATCH = 500;

    private final JdbcClient reads;
    private final FencedTransaction fenced;
    private final JdbcJobStatisticsStore store = new JdbcJobStatisticsStore();
    private final OutboxWriter outbox;
    private final IdGenerator ids;
    private final EventJson json;
    private final Ticker ticker;
    private final Duration every;
    private final Duration look;
    private long nextNanos;

    /**
     * @param reads for looks outside a transaction
     * @param settings cadence
     */
    public JobStatistics(
            JdbcClient reads,
            FencedTransaction fenced,
            OutboxWriter outbox,
            IdGenerator ids,
            EventJson json,
            Ticker ticker,
            StatisticsProperties settings) {
        this.reads = reads;
        this.fenced = fenced;
        this.outbox = outbox;
        this.ids = ids;
        this.json = json;
        this.ticker = ticker;
        this.every = settings.statisticsEvery();
        this.look = every.dividedBy(20).compareTo(Duration.ofMillis(500)) < 0
                ? every.dividedBy(20)
                : Duration.ofMillis(500);
        this.nextNanos = ticker.nanos();
    }

    /**
     * Tells of jobs whose time has come.
     *
     * @return how many are left to be told of at once: 0, or that there may be more
     */
    public int work(Lease lease) {
        if (every.isZero() || ticker.nanos() - nextNanos < 0) {
            return 0;
        }
        nextNanos = ticker.nanos() + look.toNanos();
        // Due half a look early rather than a whole one late: on average the cadence is what was asked for.
        Duration age = every.minus(look.dividedBy(2));
        if (!store.anyDue(reads, age)) {
            return 0;
        }
        int told = fenced.run(lease, jdbc -> {
            List<JobFigures> due = store.due(jdbc, age, BATCH);
            outbox.write(jdbc, told(jdbc, lease, due));
            return due.size();
        });
        if (told < BATCH) {
            return 0;
        }
        nextNanos = ticker.nanos();
        return told;
    }

    /**
     * The event of a job that has just been moved, as part of the transaction that moved it.
     *
     * @return what is to be written to the outbox: one event, or none where they are switched off
     */
    public List<OutboxEvent> ofMoved(JdbcClient jdbc, Lease lease, JobId job) {
        return every.isZero() ? List.of() : told(jdbc, lease, store.of(jdbc, job.value()));
    }

    /** Does the reading part of the work, for a standby that is to be quick when it takes over. */
    public void rehearse() {
        store.anyDue(reads, every);
        store.due(reads, every, 1);
    }

    private List<OutboxEvent> told(JdbcClient jdbc, Lease lease, List<JobFigures> jobs) {
        if (!jobs.isEmpty()) {
            store.save(jdbc, jobs, lease.epoch());
        }
        return jobs.stream()
                .map(job -> OutboxEvent.of(event(job, lease.epoch()), json))
                .toList();
    }

    private JobStatisticsEvent event(JobFigures job, long epoch) {
        return new JobStatisticsEvent(
                ids.next(),
                job.before().seq() + 1,
                job.at(),
                job.organisation(),
                job.job(),
                job.campaign(),
                job.campaignName(),
                job.state(),
                job.contacts(),
                job.attempts(),
                JobRates.between(job.before(), job.attempts()),
                null,
                epoch);
    }
}
