package io.callisto.director.jobs;

import io.callisto.director.statistics.JobStatistics;
import io.callisto.domain.IdGenerator;
import io.callisto.domain.job.JobState;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.JobEvent;
import io.callisto.ha.Lease;
import io.callisto.outbox.OutboxEvent;
import io.callisto.outbox.OutboxWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Moves jobs: the row, its event and its statistics together, and nothing else in this module changes a job's state.
 * Used by the role's thread only.
 */
final class JobLedger {
    private static final Logger log = LoggerFactory.getLogger(JobLedger.class);

    private final JdbcJobStore jobs;
    private final OutboxWriter outbox;
    private final IdGenerator ids;
    private final EventJson json;
    private final JobStatistics statistics;

    JobLedger(JdbcJobStore jobs, OutboxWriter outbox, IdGenerator ids, EventJson json, JobStatistics statistics) {
        this.jobs = jobs;
        this.outbox = outbox;
        this.ids = ids;
        this.json = json;
        this.statistics = statistics;
    }

    /**
     * Moves a job in the caller's fenced transaction.
     *
     * @throws io.callisto.domain.InvariantBroken where the table forbids the move or the row is another than {@code
     *     job}
     */
    void move(JdbcClient jdbc, Lease lease, Job job, JobState to, boolean wantedPause, @Nullable String reason) {
        JobState next = job.state().move(to);
        Instant at = jobs.move(jdbc, job, next, wantedPause, reason, lease.epoch());
        JobEvent event = new JobEvent(
                ids.next(),
                job.version() + 1,
                at,
                job.organisation().value(),
                job.id().value(),
                job.campaign().value(),
                job.campaignName(),
                job.kind(),
                job.state().name(),
                next.name(),
                reason,
                lease.epoch());
        List<OutboxEvent> events = new ArrayList<>(List.of(OutboxEvent.of(event, json)));
        events.addAll(statistics.ofMoved(jdbc, lease, job.id()));
        outbox.write(jdbc, events);
        log.atInfo()
                .addKeyValue("job", job.id())
                .addKeyValue("from", job.state())
                .addKeyValue("to", next)
                .addKeyValue("epoch", lease.epoch())
                .log("job moved");
    }
}
