package io.callisto.director.statistics;

import io.callisto.director.statistics.JobFigures.Before;
import io.callisto.domain.InvariantBroken;
import io.callisto.event.contract.JobStatisticsEvent.Attempts;
import io.callisto.event.contract.JobStatisticsEvent.Contacts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code job_statistics}, and the counters of jobs that the database keeps. Thread-safe. */
final class JdbcJobStatisticsStore {
    private static final String DUE = """
            select exists (
              select from job j left join job_statistics s using (job_id)
               where j.state not in ('STOPPED', 'COMPLETED', 'FAILED')
                 and j.state in ('FILTER_IN_PROGRESS', 'RUNNING', 'PAUSING', 'STOPPING')
                 and coalesce(s.at, j.created_at) <= statement_timestamp() - :every * interval '1 millisecond')
            """;
    // One statement and so one moment for all counters of a job: they add up. A code of class AGENT is an agent's word
    // about a call that a person answered.
    private static final String FIGURES = """
            select j.job_id, j.organisation_id, j.campaign_id, c.name, j.state, statement_timestamp() as at,
                   z.ready, z.in_attempt, z.retry_wait, z.completed, z.restricted, z.failed,
                   a.made, a.live, a.machine, a.busy, a.no_answer, a.invalid, a.network, a.fax, a.nuisance,
                   coalesce(s.seq, 0) as seq, coalesce(s.made, 0) as made_before, coalesce(s.live, 0) as live_before,
                   coalesce(s.nuisance, 0) as nuisance_before,
                   greatest(0, extract(epoch from statement_timestamp() - coalesce(s.at, j.created_at))) as seconds
              from job j
              join campaign c using (campaign_id)
              left join job_statistics s using (job_id)
              cross join lateral (
                select coalesce(sum(ready), 0) as ready, coalesce(sum(in_attempt), 0) as in_attempt,
                       coalesce(sum(retry_wait), 0) as retry_wait, coalesce(sum(completed), 0) as completed,
                       coalesce(sum(restricted), 0) as restricted, coalesce(sum(failed), 0) as failed
                  from job_zone_count where job_id = j.job_id) z
              cross join lateral (
                select coalesce(sum(attempts), 0) as made,
                       coalesce(sum(attempts) filter (where class in ('LIVE', 'AGENT')), 0) as live,
                       coalesce(sum(attempts) filter (where class = 'MACHINE'), 0) as machine,
                       coalesce(sum(attempts) filter (where class = 'BUSY'), 0) as busy,
                       coalesce(sum(attempts) filter (where class = 'NO_ANSWER'), 0) as no_answer,
                       coalesce(sum(attempts) filter (where class = 'INVALID'), 0) as invalid,
                       coalesce(sum(attempts) filter (where class = 'NETWORK'), 0) as network,
                       coalesce(sum(attempts) filter (where class = 'FAX'), 0) as fax,
                       coalesce(sum(attempts) filter (where class = 'NUISANCE'), 0) as nuisance
                  from job_code_count join completion_code using (completion_code_id)
                 where job_id = j.job_id) a
            """;
    private static final String FIGURES_OF_ONE = FIGURES + " where j.job_id = :job";
    private static final String FIGURES_OF_DUE = FIGURES + """
             where j.state not in ('STOPPED', 'COMPLETED', 'FAILED')
               and j.state in ('FILTER_IN_PROGRESS', 'RUNNING', 'PAUSING', 'STOPPING')
               and coalesce(s.at, j.created_at) <= statement_timestamp() - :every * interval '1 millisecond'
             order by j.job_id
             limit :limit
            """;
    private static final String SAVE = """
            insert into job_statistics as s (job_id, seq, at, made, live, nuisance, epoch)
            select n.job_id, n.seq, n.at, n.made, n.live, n.nuisance, :epoch
              from unnest(cast(:jobs as bigint[]), cast(:seqs as integer[]), cast(:times as timestamptz[]),
                          cast(:made as bigint[]), cast(:live as bigint[]), cast(:nuisance as bigint[]))
                as n(job_id, seq, at, made, live, nuisance)
            on conflict (job_id) do update
               set seq = excluded.seq, at = excluded.at, made = excluded.made, live = excluded.live,
                   nuisance = excluded.nuisance, epoch = excluded.epoch
             where s.seq = excluded.seq - 1
            """;

    /** Whether any job that works was last told of so long ago. */
    boolean anyDue(JdbcClient jdbc, Duration every) {
        return jdbc.sql(DUE)
                .param("every", every.toMillis())
                .query(Boolean.class)
                .single();
    }

    /** Jobs that work and were last told of so long ago. */
    List<JobFigures> due(JdbcClient jdbc, Duration every, int limit) {
        return jdbc.sql(FIGURES_OF_DUE)
                .param("every", every.toMillis())
                .param("limit", limit)
                .query((row, number) -> figures(row))
                .list();
    }

    /** The one job, whatever its state; empty where there is none. */
    List<JobFigures> of(JdbcClient jdbc, long job) {
        return jdbc.sql(FIGURES_OF_ONE)
                .param("job", job)
                .query((row, number) -> figures(row))
                .list();
    }

    /** Keeps what was told as the next event of each job. */
    void save(JdbcClient jdbc, List<JobFigures> told, long epoch) {
        int saved = jdbc.sql(SAVE)
                .param("epoch", epoch)
                .param("jobs", longs(told, JobFigures::job))
                .param(
                        "seqs",
                        told.stream().mapToInt(job -> job.before().seq() + 1).toArray())
                .param(
                        "times",
                        told.stream().map(JobFigures::at).map(Instant::toString).toArray(String[]::new))
                .param("made", longs(told, job -> job.attempts().made()))
                .param("live", longs(told, job -> job.attempts().live()))
                .param("nuisance", longs(told, job -> job.attempts().nuisance()))
                .update();
        if (saved != told.size()) {
            throw new InvariantBroken(
                    "INV-5", (told.size() - saved) + " jobs had statistics events that this director did not write");
        }
    }

    private static long[] longs(List<JobFigures> told, ToLongFunction<JobFigures> field) {
        return told.stream().mapToLong(field).toArray();
    }

    private static JobFigures figures(ResultSet row) throws SQLException {
        return new JobFigures(
                row.getLong("job_id"),
                row.getInt("organisation_id"),
                row.getInt("campaign_id"),
                row.getString("name"),
                row.getString("state"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                contacts(row),
                attempts(row),
                new Before(
                        row.getInt("seq"),
                        row.getDouble("seconds"),
                        row.getLong("made_before"),
                        row.getLong("live_before"),
                        row.getLong("nuisance_before")));
    }

    private static Contacts contacts(ResultSet row) throws SQLException {
        long waiting = row.getLong("ready") + row.getLong("retry_wait");
        long inAttempt = row.getLong("in_attempt");
        long completed = row.getLong("completed");
        long restricted = row.getLong("restricted");
        long failed = row.getLong("failed");
        long total = waiting + inAttempt + completed + restricted + failed;
        return new Contacts(total, waiting, inAttempt, completed, restricted, failed);
    }

    private static Attempts attempts(ResultSet row) throws SQLException {
        long made = row.getLong("made");
        long live = row.getLong("live");
        long machine = row.getLong("machine");
        long busy = row.getLong("busy");
        long noAnswer = row.getLong("no_answer");
        long invalid = row.getLong("invalid");
        long network = row.getLong("network");
        long fax = row.getLong("fax");
        long nuisance = row.getLong("nuisance");
        long other = made - live - machine - busy - noAnswer - invalid - network - fax - nuisance;
        return new Attempts(made, live, machine, busy, noAnswer, invalid, network, fax, nuisance, other);
    }
}
