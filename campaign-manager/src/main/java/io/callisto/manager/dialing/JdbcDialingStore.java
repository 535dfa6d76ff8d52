package io.callisto.manager.dialing;

import static io.callisto.manager.dialing.Columns.ints;
import static io.callisto.manager.dialing.Columns.longs;
import static io.callisto.manager.dialing.Columns.texts;

import io.callisto.domain.CompletionCode;
import io.callisto.domain.JobId;
import io.callisto.domain.ZoneId;
import io.callisto.domain.contact.ContactDecision;
import io.callisto.domain.job.JobState;
import io.callisto.domain.strategy.Strategy;
import io.callisto.ha.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Jobs and their contacts. Reads are plain; writes are given the client of the caller's fenced transaction.
 * Thread-safe.
 */
final class JdbcDialingStore {
    /**
     * A contact that must not be dialed now.
     *
     * @param restriction its final code; null: only later
     * @param notBefore with no restriction: when to look again
     */
    record WriteBack(
            Candidate candidate,
            @Nullable CompletionCode restriction,
            @Nullable Instant notBefore) {}

    /**
     * @param now the database's clock
     * @param candidates in the order in which they became due
     */
    record Due(Instant now, List<Candidate> candidates) {}

    private final JdbcClient jdbc;
    /** Definitions that were stored before a switch existed leave it out: then it is off. */
    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    JdbcDialingStore(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    JobSpec spec(JobId job, ZoneId zone) {
        return jdbc.sql("""
                        select j.organisation_id, j.campaign_id, v.definition::text as definition,
                               (select value::int from pim_config where name = 'MaximumCallInProgressTime')
                                 as setup_minutes,
                               (select value::int from pim_config where name = 'MaximumCallTime') as call_minutes
                          from job j
                          join campaign_strategy_version v
                            on v.strategy_id = j.strategy_id and v.version = j.strategy_version
                         where j.job_id = :job
                        """)
                .param("job", job.value())
                .query((row, n) -> {
                    Strategy strategy = json.readValue(row.getString("definition"), Strategy.class);
                    return new JobSpec(
                            Scope.job(job, zone),
                            job.value(),
                            zone.value(),
                            row.getInt("organisation_id"),
                            row.getInt("campaign_id"),
                            strategy.call(),
                            strategy.publish(),
                            Duration.ofMinutes(row.getInt("setup_minutes")),
                            Duration.ofMinutes(row.getInt("call_minutes")));
                })
                .single();
    }

    /**
     * Whether a job may be dialed.
     *
     * @param state of the job
     * @param outboxFull whether so many events wait to be published that nothing new may be begun
     */
    record Standing(JobState state, boolean outboxFull) {}

    Standing standing(long job) {
        return jdbc.sql("""
                        select j.state, exists (select from event_backlog where full_since is not null) as outbox_full
                          from job j where j.job_id = :job
                        """)
                .param("job", job)
                .query((row, n) ->
                        new Standing(JobState.valueOf(row.getString("state")), row.getBoolean("outbox_full")))
                .single();
    }

    /** The state, which cannot change before the transaction ends. */
    JobState lockJobState(JdbcClient transaction, long job) {
        return JobState.valueOf(transaction
                .sql("select state from job where job_id = :job for share")
                .param("job", job)
                .query(String.class)
                .single());
    }

    /**
     * The next contacts that are due, after a position in the order (due time, contact).
     *
     * @param afterTime as text, so that no microsecond is lost; {@code -infinity} for the start
     */
    Due due(JobSpec spec, String afterTime, long afterContact, int limit) {
        // statement_timestamp() and not clock_timestamp(): a volatile function would not bound the index scan.
        List<Candidate> candidates = jdbc.sql("""
                        with due as (
                          select contact_id, version, attempts_made, completion_code_id, next_attempt_at
                            from job_contact
                           where job_id = :job and zone_id = :zone and state in ('READY', 'RETRY_WAIT')
                             and next_attempt_at <= statement_timestamp()
                             and (next_attempt_at, contact_id) > (cast(:afterTime as timestamptz), :afterContact)
                           order by next_attempt_at, contact_id
                           limit :limit)
                        select due.contact_id, due.version, due.attempts_made, due.completion_code_id,
                               due.next_attempt_at,
                               c.phone_number_1, c.phone_1_zones, c.user_contact_id, c.contact_list_id,
                               d.phone_number is not null as do_not_call,
                               coalesce(n.attempts_total, 0) as number_attempts, n.last_attempt_at,
                               case when due.attempts_made = 0 then 0 else (
                                 select count(*) from attempt a
                                  where a.job_id = :job and a.contact_id = due.contact_id
                                    and a.completion_code_id = any(cast(:neverPlaced as integer[]))) end as not_placed
                          from due
                          join contact c on c.contact_id = due.contact_id
                          left join do_not_call d on d.organisation_id = :organisation
                            and d.phone_number = c.phone_number_1
                               and (d.until is null or d.until > statement_timestamp())
                          left join number_counter n
                               on n.organisation_id = :organisation and n.phone_number = c.phone_number_1
                         order by due.next_attempt_at, due.contact_id
                        """)
                .param("job", spec.jobId())
                .param("zone", spec.zoneId())
                .param("organisation", spec.organisationId())
                .param("afterTime", afterTime)
                .param("afterContact", afterContact)
                .param("limit", limit)
                .param("neverPlaced", neverPlaced())
                .query((row, n) -> candidate(row))
                .list();
        return new Due(now(), candidates);
    }

    /** The database's clock. */
    Instant now() {
        return jdbc.sql("select clock_timestamp()")
                .query((row, n) -> instant(row, 1))
                .single();
    }

    /**
     * Writes contacts back that are not dialed now, each only if nobody else has written it.
     *
     * @return how many were written
     */
    int writeBack(JdbcClient transaction, JobSpec spec, List<WriteBack> contacts) {
        if (contacts.isEmpty()) {
            return 0;
        }
        return transaction
                .sql("""
                        update job_contact jc
                           set state = case when t.code is null then jc.state else 'RESTRICTED' end,
                               completion_code_id = coalesce(t.code, jc.completion_code_id),
                               next_attempt_at = case when t.code is null
                                 then greatest(t.not_before, clock_timestamp() + interval '1 second')
                                 else jc.next_attempt_at end,
                               version = jc.version + 1
                          from unnest(cast(:contacts as bigint[]), cast(:versions as integer[]),
                                      cast(:codes as integer[]),
                                      cast(:times as timestamptz[])) as t(contact_id, version, code, not_before)
                         where jc.job_id = :job and jc.contact_id = t.contact_id and jc.version = t.version
                           and jc.state in ('READY', 'RETRY_WAIT')
                        """)
                .param("job", spec.jobId())
                .param("contacts", longs(contacts, row -> row.candidate().contactId()))
                .param("versions", ints(contacts, row -> row.candidate().version()))
                .param("codes", texts(contacts, row -> id(row.restriction())))
                .param("times", texts(contacts, WriteBack::notBefore))
                .update();
    }

    /** Ids of the codes of attempts that never reached the network. */
    static int[] neverPlaced() {
        return java.util.Arrays.stream(CompletionCode.values())
                .filter(ContactDecision::neverPlaced)
                .mapToInt(CompletionCode::id)
                .toArray();
    }

    static @Nullable Integer id(@Nullable CompletionCode code) {
        return code == null ? null : code.id();
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static Candidate candidate(ResultSet row) throws SQLException {
        int code = row.getInt("completion_code_id");
        return new Candidate(
                row.getLong("contact_id"),
                row.getInt("version"),
                row.getInt("attempts_made"),
                row.getInt("not_placed"),
                code == 0 ? null : CompletionCode.ofId(code),
                row.getString("phone_number_1"),
                List.of((String[]) row.getArray("phone_1_zones").getArray()),
                row.getString("user_contact_id"),
                row.getInt("contact_list_id"),
                row.getBoolean("do_not_call"),
                row.getInt("number_attempts"),
                instant(row, "last_attempt_at"),
                java.util.Objects.requireNonNull(instant(row, "next_attempt_at")));
    }

    /** The numbers of the list that must not be called now. */
    Set<String> doNotCall(JdbcClient transaction, JobSpec spec, List<String> numbers) {
        return Set.copyOf(transaction
                .sql("""
                        select phone_number from do_not_call
                         where organisation_id = :organisation and phone_number = any(cast(:numbers as text[]))
                           and (until is null or until > clock_timestamp())
                        """)
                .param("organisation", spec.organisationId())
                .param("numbers", numbers.toArray(String[]::new))
                .query(String.class)
                .list());
    }
}
