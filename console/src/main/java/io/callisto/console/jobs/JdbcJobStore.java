package io.callisto.console.jobs;

import io.callisto.console.sql.Columns;
import io.callisto.domain.contact.JobContactState;
import io.callisto.domain.job.JobState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code job}: inserts queued jobs, reads all; only the director moves them. Thread-safe. */
final class JdbcJobStore {
    private final JdbcClient jdbc;

    JdbcJobStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a job takes from its campaign. */
    record Plan(int campaignId, String name, String kind, int strategyId, int strategyVersion) {}

    /** A job that was inserted. */
    record Inserted(long jobId, Instant at) {}

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
                        select j.*, c.name from job j join campaign c using (campaign_id)
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
                        select j.*, c.name from job j join campaign c using (campaign_id)
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

    /** Counts by the leading column of the primary keys: some milliseconds for 5,000 contacts. */
    JobCounts counts(long jobId) {
        Map<JobContactState, Long> contacts = new EnumMap<>(JobContactState.class);
        jdbc.sql("select state, count(*) as contacts from job_contact where job_id = :job group by state")
                .param("job", jobId)
                .query((row, number) ->
                        Map.entry(JobContactState.valueOf(Columns.text(row, "state")), row.getLong("contacts")))
                .list()
                .forEach(entry -> contacts.put(entry.getKey(), entry.getValue()));
        long attempts = jdbc.sql("select count(*) from attempt where job_id = :job")
                .param("job", jobId)
                .query(Long.class)
                .single();
        return new JobCounts(
                contacts.values().stream().mapToLong(Long::longValue).sum(),
                contacts.getOrDefault(JobContactState.READY, 0L),
                contacts.getOrDefault(JobContactState.IN_ATTEMPT, 0L),
                contacts.getOrDefault(JobContactState.RETRY_WAIT, 0L),
                contacts.getOrDefault(JobContactState.COMPLETED, 0L),
                contacts.getOrDefault(JobContactState.RESTRICTED, 0L),
                contacts.getOrDefault(JobContactState.FAILED, 0L),
                attempts);
    }

    private static Job job(ResultSet row, int number) throws SQLException {
        return new Job(
                row.getLong("job_id"),
                row.getInt("campaign_id"),
                Columns.text(row, "name"),
                JobState.valueOf(Columns.text(row, "state")),
                row.getString("state_reason"),
                row.getInt("strategy_id"),
                row.getInt("strategy_version"),
                Columns.text(row, "created_by"),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "started_at"),
                Columns.instantOrNull(row, "completed_at"),
                null);
    }
}
