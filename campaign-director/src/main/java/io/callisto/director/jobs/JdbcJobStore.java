package io.callisto.director.jobs;

import io.callisto.domain.CampaignId;
import io.callisto.domain.CompletionCode;
import io.callisto.domain.InvariantBroken;
import io.callisto.domain.JobId;
import io.callisto.domain.OrganisationId;
import io.callisto.domain.job.JobState;
import io.callisto.ha.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code job}. Thread-safe. */
final class JdbcJobStore {
    private static final String FIND = """
            select j.job_id, j.organisation_id, j.campaign_id, c.name, c.kind, j.state, j.wanted_pause, j.version
              from job j join campaign c using (campaign_id)
             where j.job_id = :job
            """;
    private static final String TO_FILTER = """
            select j.job_id, j.organisation_id, j.campaign_id, c.name, c.kind, j.state, j.wanted_pause, j.version
              from job j join campaign c using (campaign_id)
             where j.state not in ('STOPPED', 'COMPLETED', 'FAILED') and j.state in ('QUEUED', 'FILTER_IN_PROGRESS')
             order by j.job_id
            """;
    // "exists" on the two partial indexes of job_contact: the cost does not rise with the number of contacts.
    private static final String SWEEP = """
            select j.job_id, j.organisation_id, j.campaign_id, c.name, c.kind, j.state, j.wanted_pause, j.version,
                   exists (select 1 from job_contact w
                            where w.job_id = j.job_id and w.state in ('READY', 'RETRY_WAIT')) as waiting,
                   exists (select 1 from job_contact a
                            where a.job_id = j.job_id and a.state = 'IN_ATTEMPT') as in_attempt
              from job j join campaign c using (campaign_id)
             where j.state not in ('STOPPED', 'COMPLETED', 'FAILED') and j.state in ('RUNNING', 'PAUSING', 'STOPPING')
               and (cast(:job as bigint) is null or j.job_id = :job)
             order by j.job_id
            """;
    private static final String BACKLOG = """
            select exists (select 1 from command where scope = :scope and state = 'PENDING') as orders,
                   exists (select 1 from job where state not in ('STOPPED', 'COMPLETED', 'FAILED')
                                               and state in ('QUEUED', 'FILTER_IN_PROGRESS')) as to_filter,
                   exists (select 1 from job where state not in ('STOPPED', 'COMPLETED', 'FAILED')) as open,
                   exists (select 1 from zone where state = 'DELETING') as zones_to_remove
            """;
    private static final String MOVE = """
            update job set state = :state, wanted_pause = :wantedPause, state_reason = :reason, version = version + 1,
                   epoch = :epoch,
                   started_at = case when :state = 'FILTER_IN_PROGRESS' then clock_timestamp() else started_at end,
                   completed_at = case when :ended then clock_timestamp() end
             where job_id = :job and version = :version and state = :oldState
            returning clock_timestamp()
            """;
    private static final String WISH = """
            update job set wanted_pause = :wantedPause, epoch = :epoch where job_id = :job and version = :version
            """;
    // A contact that the dialer has locked is about to be in an attempt: it is left for the next sweep.
    private static final String CLOSE_WAITING = """
            with open as (
              select job_id, contact_id from job_contact
               where job_id = :job and state in ('READY', 'RETRY_WAIT')
               limit :limit
                 for update skip locked)
            update job_contact c set state = 'FAILED', completion_code_id = :code, version = c.version + 1
              from open
             where c.job_id = open.job_id and c.contact_id = open.contact_id
            """;

    Optional<Job> find(JdbcClient jdbc, JobId job) {
        return jdbc.sql(FIND)
                .param("job", job.value())
                .query((row, number) -> job(row))
                .optional();
    }

    /**
     * What there is to do.
     *
     * @param scope whose orders are meant
     */
    Backlog backlog(JdbcClient jdbc, Scope scope) {
        return jdbc.sql(BACKLOG)
                .param("scope", scope.value())
                .query((row, number) -> new Backlog(
                        row.getBoolean("orders"),
                        row.getBoolean("to_filter"),
                        row.getBoolean("open"),
                        row.getBoolean("zones_to_remove")))
                .single();
    }

    /** Jobs that are queued or being filtered, oldest first. */
    List<Job> toFilter(JdbcClient jdbc) {
        return jdbc.sql(TO_FILTER).query((row, number) -> job(row)).list();
    }

    /** Jobs that the sweep may have to move. */
    List<SweptJob> sweep(JdbcClient jdbc) {
        return sweep(jdbc, null);
    }

    Optional<SweptJob> swept(JdbcClient jdbc, JobId job) {
        return sweep(jdbc, job.value()).stream().findFirst();
    }

    private static List<SweptJob> sweep(JdbcClient jdbc, @Nullable Long job) {
        return jdbc.sql(SWEEP)
                .param("job", job)
                .query((row, number) -> new SweptJob(job(row), row.getBoolean("waiting"), row.getBoolean("in_attempt")))
                .list();
    }

    /**
     * Moves a job, if it still stands as {@code job} says.
     *
     * @return the database's time of the move
     */
    Instant move(JdbcClient jdbc, Job job, JobState next, boolean wantedPause, @Nullable String reason, long epoch) {
        return jdbc.sql(MOVE)
                .param("state", next.name())
                .param("wantedPause", wantedPause)
                .param("reason", reason)
                .param("epoch", epoch)
                .param("ended", next.terminal())
                .param("job", job.id().value())
                .param("version", job.version())
                .param("oldState", job.state().name())
                .query(OffsetDateTime.class)
                .optional()
                .orElseThrow(() -> somebodyElse(job))
                .toInstant();
    }

    /** Keeps the wish to pause. No move, so no new version: the version numbers the events. */
    void wish(JdbcClient jdbc, Job job, boolean wantedPause, long epoch) {
        int written = jdbc.sql(WISH)
                .param("wantedPause", wantedPause)
                .param("epoch", epoch)
                .param("job", job.id().value())
                .param("version", job.version())
                .update();
        if (written != 1) {
            throw somebodyElse(job);
        }
    }

    /**
     * Closes waiting contacts of a job that is being stopped.
     *
     * @return how many
     */
    int closeWaiting(JdbcClient jdbc, JobId job, int limit) {
        return jdbc.sql(CLOSE_WAITING)
                .param("job", job.value())
                .param("limit", limit)
                .param("code", CompletionCode.JOB_STOPPED.id())
                .update();
    }

    private static InvariantBroken somebodyElse(Job job) {
        return new InvariantBroken(
                "INV-8", "job " + job.id() + " is not at version " + job.version() + " in state " + job.state());
    }

    private static Job job(ResultSet row) throws SQLException {
        return new Job(
                new JobId(row.getLong("job_id")),
                new OrganisationId(row.getInt("organisation_id")),
                new CampaignId(row.getInt("campaign_id")),
                row.getString("name"),
                row.getString("kind"),
                JobState.valueOf(row.getString("state")),
                row.getBoolean("wanted_pause"),
                row.getInt("version"));
    }
}
