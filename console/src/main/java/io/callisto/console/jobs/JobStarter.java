package io.callisto.console.jobs;

import io.callisto.console.audit.Change;
import io.callisto.console.idempotency.Created;
import io.callisto.console.problem.ApiProblem;
import io.callisto.console.problem.ProblemCode;
import io.callisto.console.security.Caller;
import io.callisto.domain.IdGenerator;
import io.callisto.domain.job.JobState;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.JobEvent;
import io.callisto.outbox.OutboxEvent;
import io.callisto.outbox.OutboxWriter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Queues jobs: nobody owns a queued one, so it may be inserted here, with its first event beside it. Thread-safe. */
final class JobStarter {
    private static final Logger log = LoggerFactory.getLogger(JobStarter.class);

    private final JdbcJobStore jobs;
    private final JdbcClient jdbc;
    private final OutboxWriter outbox;
    private final EventJson eventJson;
    private final IdGenerator ids;

    JobStarter(JdbcJobStore jobs, JdbcClient jdbc, OutboxWriter outbox, EventJson eventJson, IdGenerator ids) {
        this.jobs = jobs;
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.eventJson = eventJson;
        this.ids = ids;
    }

    /** Belongs into a transaction. */
    Created<JobStarted> start(Caller caller, int campaignId) {
        if (jobs.outboxFull()) {
            throw new ApiProblem(
                    ProblemCode.EVENT_BACKLOG,
                    "The outbox of events is full, see /api/v1/events; try again when the event stream is back.");
        }
        JdbcJobStore.Plan plan = jobs.plan(caller.organisationId(), campaignId)
                .orElseThrow(() -> ApiProblem.notFound("campaign", campaignId));
        JdbcJobStore.Inserted job = jobs.insert(caller.organisationId(), plan, caller.name());
        JobEvent event = new JobEvent(
                ids.next(),
                1,
                job.at(),
                caller.organisationId(),
                job.jobId(),
                campaignId,
                plan.name(),
                plan.kind(),
                null,
                JobState.QUEUED.name(),
                null,
                0);
        outbox.write(jdbc, List.of(OutboxEvent.of(event, eventJson)));
        log.atInfo()
                .addKeyValue("job", job.jobId())
                .addKeyValue("campaign", campaignId)
                .log("job queued");
        return Created.at(
                "/api/v1/jobs/" + job.jobId(),
                new JobStarted(job.jobId(), JobState.QUEUED.name()),
                Change.of("job.start", "job/" + job.jobId()).with("campaignId", campaignId));
    }
}
