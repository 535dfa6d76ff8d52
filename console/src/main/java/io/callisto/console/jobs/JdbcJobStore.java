package io.callisto.console.jobs;

import io.callisto.console.sql.Columns;
import io.callisto.domain.job.JobState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code job}: inserts queued jobs, reads all; only the director moves them. Thread-safe. */
final class JdbcJobStore {
    /** Reason of a running job that is not dialed, because too many events wait to be published. */
    private static final String HELD_BACK = "EVENT_BACKLOG";

    private final JdbcClient jdbc;

    JdbcJobStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a job takes from its campaign. */
    record Plan(int campaignId, String name, String kind, int strategyId, int strategyVersion) {}

    /** A job that was inserted. */
    record Inserted(long jobId, Instant at) {}

    /** Whether so many events wait to be published that nothing new may be begun. */
    boolean outboxFull() {
        return jdbc.sql("select exists (select from event_backlog where full_since is not null)")
                .query(Boolean.class)
                .single();
    }

    Optional<Plan> plan(int organisationId, int campaignId) {
        return jdbc.sql("""
                        select c.campaign_id, c.name, c.kind, c.strategy_id,
                               (select max(version) from campaign_strategy_version v where v.strategy_id =
                                 c.strategy_id) as version
                        from campaign c where c.campaign_id = :campaign and c.organisation_id = :organisation
                        """)
                .param("campaign", campaignId)
                .param("organisation", organisationId)
                .query((row, number) -> new Plan(
                        row.getInt("campaign_id"),
                        Columns.text(row, "name"),
                        Columns.text(row, "kind"),
                        row.getInt("strategy_id"),
                        row.getInt("version")))
                .optional();
    }

    /** Inserts a queued job at version 1, that of its first event. */
    Inserted insert(int organisationId, Plan plan, String createdBy) {
        return jdbc.sql("""
                        insert into job (organisation_id, campaign_id, strategy_id, strategy_version, version,
                          created_by)
                        values (:organisation, :campaign, :strategy, :strategyVersion, 1, :by)
                        returning job_id, created_at
                        """)
                .param("organisation", organisationId)
                .param("campaign", plan.campaignId())
                .param("strategy", plan.strategyId())
                .param("strategyVersion", plan.strategyVersion())
                .param("by", createdBy)
                .query((row, number) -> new Inserted(row.getLong("job_id"), Columns.instant(row, "created_at")))
                .single();
    }

    Optional<Job> find(int organisationId, long jobId) {
        return jdbc.sql("""
                        select j.*, c.name, (select full_since is not null from event_backlog) as outbox_full
                        from job j join campaign c using (campaign_id)
                        where j.job_id = :job and j.organisation_id = :organisation
                        """)
                .param("job", jobId)
                .param("organisation", organisationId)
                .query(JdbcJobStore::job)
                .optional();
    }

    /** The jobs before an id, newest first, at most one more than {@code limit}. */
    List<Job> before(
            int organisationId, long beforeId, int limit, @Nullable Integer campaignId, @Nullable JobState state) {
        return jdbc.sql("""
                        select j.*, c.name, (select full_since is not null from event_backlog) as outbox_full
                        from job j join campaign c using (campaign_id)
                        where j.organisation_id = :organisation and j.job_id < :before
                          and (cast(:campaign as integer) is null or j.campaign_id = :campaign)
                          and (cast(:state as text) is null or j.state = :state)
                        order by j.job_id desc limit :rows
                        """)
                .param("organisation", organisationId)
                .param("before", beforeId)
                .param("campaign", campaignId)
                .param("state", state == null ? null : state.name())
                .param("rows", limit + 1)
                .query(JdbcJobStore::job)
                .list();
    }

    /** What the database has counted (INV-11): as cheap for a million contacts as for one. */
    JobCounts counts(long jobId) {
        return jdbc.sql("""
                        select coalesce(sum(ready), 0) as ready, coalesce(sum(in_attempt), 0) as in_attempt,
                               coalesce(sum(retry_wait), 0) as retry_wait, coalesce(sum(completed), 0) as completed,
                               coalesce(sum(restricted), 0) as restricted, coalesce(sum(failed), 0) as failed,
                               coalesce(sum(attempts), 0) as attempts
                          from job_zone_count where job_id = :job
                        """)
                .param("job", jobId)
                .query((row, number) -> counts(row))
                .single();
    }

    private static JobCounts counts(ResultSet row) throws SQLException {
        long ready = row.getLong("ready");
        long inAttempt = row.getLong("in_attempt");
        long retryWait = row.getLong("retry_wait");
        long completed = row.getLong("completed");
        long restricted = row.getLong("restricted");
        long failed = row.getLong("failed");
        return new JobCounts(
                ready + inAttempt + retryWait + completed + restricted + failed,
                ready,
                inAttempt,
                retryWait,
                completed,
                restricted,
                failed,
                row.getLong("attempts"));
    }

    private static Job job(ResultSet row, int number) throws SQLException {
        JobState state = JobState.valueOf(Columns.text(row, "state"));
        String reason = row.getString("state_reason");
        if (state == JobState.RUNNING && row.getBoolean("outbox_full")) {
            reason = HELD_BACK;
        }
        return new Job(
                row.getLong("job_id"),
                row.getInt("campaign_id"),
                Columns.text(row, "name"),
                state,
                reason,
                row.getInt("strategy_id"),
                row.getInt("strategy_version"),
                Columns.text(row, "created_by"),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "started_at"),
                Columns.instantOrNull(row, "completed_at"),
                null);
    }
}
