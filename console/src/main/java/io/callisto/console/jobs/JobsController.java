package io.callisto.console.jobs;

import io.callisto.console.audit.Change;
import io.callisto.console.commands.CommandAccepted;
import io.callisto.console.commands.JdbcCommandStore;
import io.callisto.console.counting.CountMemory;
import io.callisto.console.idempotency.Created;
import io.callisto.console.idempotency.IdempotentRequests;
import io.callisto.console.paging.Cursor;
import io.callisto.console.paging.Page;
import io.callisto.console.problem.ApiProblem;
import io.callisto.console.problem.ProblemCode;
import io.callisto.console.security.Caller;
import io.callisto.domain.job.JobCommand;
import io.callisto.domain.job.JobState;
import io.callisto.ha.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Jobs and their attempts. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Jobs")
final class JobsController {
    private final JobStarter starter;
    private final JdbcJobStore jobs;
    private final JdbcAttemptStore attempts;
    private final JdbcCommandStore commands;
    private final IdempotentRequests requests;
    private final CountMemory<CountKey, JobCounts> counts;

    JobsController(
            JobStarter starter,
            JdbcJobStore jobs,
            JdbcAttemptStore attempts,
            JdbcCommandStore commands,
            IdempotentRequests requests,
            CountMemory<CountKey, JobCounts> counts) {
        this.starter = starter;
        this.jobs = jobs;
        this.attempts = attempts;
        this.commands = commands;
        this.requests = requests;
        this.counts = counts;
    }

    /** The state is part of the key: the counts shown with COMPLETED are never older than that state. */
    record CountKey(long jobId, JobState state) {}

    @PostMapping("/campaigns/{campaignId}/jobs")
    @Operation(
            operationId = "startJob",
            summary = "Starts a job; it is queued until a director runs",
            description = "Accepted also while no director is up: the job starts by itself once there is one.")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = JobStarted.class)))
    ResponseEntity<Object> start(
            @Parameter(hidden = true) Caller caller,
            @PathVariable int campaignId,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key) {
        return requests.run(
                caller,
                key,
                "POST /api/v1/campaigns/" + campaignId + "/jobs",
                campaignId,
                () -> starter.start(caller, campaignId));
    }

    @GetMapping("/jobs")
    @Operation(operationId = "listJobs", summary = "Jobs, newest first, without counts")
    Page<Job> list(
            @Parameter(hidden = true) Caller caller,
            @RequestParam(required = false) @Nullable Integer campaignId,
            @RequestParam(required = false) @Nullable JobState state,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        return Page.cut(
                jobs.before(caller.organisationId(), Cursor.number(cursor, Long.MAX_VALUE), limit, campaignId, state),
                limit,
                job -> Cursor.of(job.jobId()));
    }

    @GetMapping("/jobs/{jobId}")
    @Operation(operationId = "getJob", summary = "A job with its counts; cheap enough to ask each second")
    Job get(@Parameter(hidden = true) Caller caller, @PathVariable long jobId) {
        Job job = find(caller, jobId);
        return job.withCounts(counts.get(new CountKey(jobId, job.state()), () -> jobs.counts(jobId)));
    }

    @PostMapping("/jobs/{jobId}/pause")
    @Operation(operationId = "pauseJob", summary = "Orders a pause: no new calls, those in progress go on")
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = CommandAccepted.class)))
    ResponseEntity<Object> pause(
            @Parameter(hidden = true) Caller caller,
            @PathVariable long jobId,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key) {
        return order(caller, key, jobId, JobCommand.PAUSE);
    }

    @PostMapping("/jobs/{jobId}/resume")
    @Operation(operationId = "resumeJob", summary = "Orders the end of a pause")
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = CommandAccepted.class)))
    ResponseEntity<Object> resume(
            @Parameter(hidden = true) Caller caller,
            @PathVariable long jobId,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key) {
        return order(caller, key, jobId, JobCommand.RESUME);
    }

    @PostMapping("/jobs/{jobId}/stop")
    @Operation(operationId = "stopJob", summary = "Orders the end of a job: contacts not reached yet are given up")
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = CommandAccepted.class)))
    ResponseEntity<Object> stop(
            @Parameter(hidden = true) Caller caller,
            @PathVariable long jobId,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key) {
        return order(caller, key, jobId, JobCommand.STOP);
    }

    private ResponseEntity<Object> order(Caller caller, @Nullable String key, long jobId, JobCommand what) {
        String operation = "POST /api/v1/jobs/" + jobId + "/" + what.name().toLowerCase(Locale.ROOT);
        return requests.run(caller, key, operation, jobId, () -> {
            find(caller, jobId);
            long command =
                    commands.insert(Scope.director().value(), what.name(), Map.of("jobId", jobId), caller.name());
            Change change = Change.of("job." + what.name().toLowerCase(Locale.ROOT), "job/" + jobId)
                    .with("commandId", command);
            return Created.acceptedAt("/api/v1/commands/" + command, new CommandAccepted(command, "PENDING"), change);
        });
    }

    @GetMapping("/jobs/{jobId}/attempts")
    @Operation(operationId = "listAttempts", summary = "Attempts of a job, by contact and number")
    Page<Attempt> attempts(
            @Parameter(hidden = true) Caller caller,
            @PathVariable long jobId,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @Parameter(description = "Whole phone numbers; administrators only") @RequestParam(defaultValue = "false")
                    boolean unmask) {
        if (unmask && !caller.admin()) {
            throw new ApiProblem(ProblemCode.FORBIDDEN, "Only administrators see whole phone numbers.");
        }
        find(caller, jobId);
        long[] after = Cursor.numbers(cursor, 2);
        return Page.cut(
                attempts.after(jobId, after[0], after[1], limit, unmask),
                limit,
                attempt -> Cursor.of(attempt.contactId(), attempt.attemptNo()));
    }

    private Job find(Caller caller, long jobId) {
        return jobs.find(caller.organisationId(), jobId).orElseThrow(() -> ApiProblem.notFound("job", jobId));
    }
}
