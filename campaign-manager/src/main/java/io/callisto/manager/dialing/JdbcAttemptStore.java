package io.callisto.manager.dialing;

import static io.callisto.manager.dialing.Columns.ints;
import static io.callisto.manager.dialing.Columns.longs;
import static io.callisto.manager.dialing.Columns.texts;

import io.callisto.domain.InvariantBroken;
import io.callisto.domain.attempt.AttemptState;
import io.callisto.domain.contact.JobContactState;
import io.callisto.domain.job.JobState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Attempts and number counters, in batches. Writes are given the client of the caller's fenced transaction.
 * Thread-safe.
 */
final class JdbcAttemptStore {
    /**
     * An attempt that is not final, as its row is.
     *
     * @param attempt with monotonic times of zero
     * @param age since its reservation
     * @param untilDeadline negative where it has passed
     */
    record Row(LiveAttempt attempt, Duration age, Duration untilDeadline) {}

    /**
     * @param now the database's clock
     * @param state of the job, not locked
     */
    record Moment(Instant now, JobState state) {}

    private final JdbcClient jdbc;

    JdbcAttemptStore(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** What is in flight in the scope. */
    List<Row> inFlight(JobSpec spec) {
        return jdbc.sql("""
                        select a.attempt_id, a.contact_id, a.attempt_no, a.phone_number, a.gateway_id,
                               a.gateway_incarnation, a.state, a.version, c.user_contact_id, c.contact_list_id,
                               jc.state as contact_state,
                               (extract(epoch from clock_timestamp() - a.reserved_at) * 1000)::bigint as age_millis,
                               (extract(epoch from a.state_deadline - clock_timestamp()) * 1000)::bigint as left_millis,
                               (select count(*) from attempt b
                                 where b.job_id = a.job_id and b.contact_id = a.contact_id
                                   and b.completion_code_id = any(cast(:neverPlaced as integer[]))) as not_placed
                          from attempt a
                          join contact c on c.contact_id = a.contact_id
                          join job_contact jc on jc.job_id = a.job_id and jc.contact_id = a.contact_id
                         where a.owner_scope = :scope and a.state <> 'COMPLETED'
                        """)
                .param("scope", spec.scope().value())
                .param("neverPlaced", JdbcDialingStore.neverPlaced())
                .query((row, n) -> row(row))
                .list();
    }

    /** Contacts that are in an attempt which does not exist: always 0, INV-3. */
    long strayContacts(JobSpec spec) {
        return jdbc.sql("""
                        select count(*) from job_contact jc
                         where jc.job_id = :job and jc.zone_id = :zone and jc.state = 'IN_ATTEMPT'
                           and not exists (select from attempt a where a.job_id = jc.job_id
                                              and a.contact_id = jc.contact_id and a.state <> 'COMPLETED')
                        """)
                .param("job", spec.jobId())
                .param("zone", spec.zoneId())
                .query(Long.class)
                .single();
    }

    /** The database's clock and the job's state, inside the transaction. */
    Moment moment(JdbcClient transaction, JobSpec spec) {
        return transaction
                .sql("select clock_timestamp(), state from job where job_id = :job")
                .param("job", spec.jobId())
                .query((row, n) -> new Moment(JdbcDialingStore.instant(row, 1), JobState.valueOf(row.getString(2))))
                .single();
    }

    /**
     * Locks the counters of the numbers, in number order, so that two jobs cannot reserve one number at once.
     *
     * @param numbers distinct
     * @return when each was last called; null: never
     */
    Map<String, @Nullable Instant> lockCounters(JdbcClient transaction, JobSpec spec, List<String> numbers) {
        String[] array = numbers.toArray(String[]::new);
        transaction
                .sql("""
                        insert into number_counter (organisation_id, phone_number)
                        select :organisation, n from unnest(cast(:numbers as text[])) as t(n) order by n
                        on conflict do nothing
                        """)
                .param("organisation", spec.organisationId())
                .param("numbers", array)
                .update();
        Map<String, @Nullable Instant> last = new HashMap<>();
        transaction
                .sql("""
                        select phone_number, last_attempt_at from number_counter
                         where organisation_id = :organisation and phone_number = any(cast(:numbers as text[]))
                         order by phone_number for update
                        """)
                .param("organisation", spec.organisationId())
                .param("numbers", array)
                .query(row -> {
                    last.put(row.getString(1), JdbcDialingStore.instant(row, "last_attempt_at"));
                });
        return last;
    }

    /**
     * Moves contacts to IN_ATTEMPT, each only if it is as it was read.
     *
     * @return those that were moved
     */
    Set<Long> takeContacts(JdbcClient transaction, JobSpec spec, List<Candidate> candidates) {
        return Set.copyOf(transaction
                .sql("""
                        update job_contact jc
                           set state = 'IN_ATTEMPT', attempts_made = jc.attempts_made + 1, version = jc.version + 1
                          from unnest(cast(:contacts as bigint[]), cast(:versions as integer[]))
                            as t(contact_id, version)
                         where jc.job_id = :job and jc.contact_id = t.contact_id and jc.version = t.version
                           and jc.state in ('READY', 'RETRY_WAIT')
                        returning jc.contact_id
                        """)
                .param("job", spec.jobId())
                .param("contacts", longs(candidates, Candidate::contactId))
                .param("versions", ints(candidates, Candidate::version))
                .query(Long.class)
                .list());
    }

    /**
     * Inserts reserved attempts.
     *
     * @return those that are in the table now
     */
    Set<UUID> insert(
            JdbcClient transaction,
            JobSpec spec,
            long epoch,
            List<LiveAttempt> attempts,
            Instant now,
            Instant deadline) {
        return Set.copyOf(transaction
                .sql("""
                        insert into attempt (attempt_id, job_id, contact_id, attempt_no, organisation_id, zone_id,
                                             phone_number, owner_scope, epoch, gateway_id, gateway_incarnation,
                                             state, version, state_deadline, reserved_at)
                        select t.attempt_id, :job, t.contact_id, t.attempt_no, :organisation, :zone, t.phone_number,
                               :scope, :epoch, t.gateway_id, t.incarnation, 'RESERVED', t.version,
                               cast(:deadline as timestamptz), cast(:now as timestamptz)
                          from unnest(cast(:ids as uuid[]), cast(:contacts as bigint[]), cast(:numbers as integer[]),
                                      cast(:phones as text[]), cast(:gateways as text[]),
                                      cast(:incarnations as bigint[]), cast(:versions as integer[]))
                            as t(attempt_id, contact_id, attempt_no, phone_number, gateway_id, incarnation, version)
                        on conflict do nothing
                        returning attempt_id
                        """)
                .param("job", spec.jobId())
                .param("organisation", spec.organisationId())
                .param("zone", spec.zoneId())
                .param("scope", spec.scope().value())
                .param("epoch", epoch)
                .param("now", now.toString())
                .param("deadline", deadline.toString())
                .param("ids", texts(attempts, LiveAttempt::id))
                .param("contacts", longs(attempts, LiveAttempt::contactId))
                .param("numbers", ints(attempts, LiveAttempt::attemptNo))
                .param("phones", texts(attempts, LiveAttempt::phoneNumber))
                .param("gateways", texts(attempts, LiveAttempt::gatewayId))
                .param("incarnations", longs(attempts, LiveAttempt::incarnation))
                .param("versions", ints(attempts, LiveAttempt::version))
                .query(UUID.class)
                .list());
    }

    /** Counts the attempts at their numbers; the counters are locked. */
    void countNumbers(JdbcClient transaction, JobSpec spec, List<LiveAttempt> attempts, Instant now) {
        transaction
                .sql("""
                        update number_counter n
                           set attempts_total = n.attempts_total + t.calls, last_attempt_at = cast(:now as timestamptz)
                          from (select phone_number, count(*) as calls from unnest(cast(:phones as text[]))
                                 as p(phone_number)
                                 group by phone_number) t
                         where n.organisation_id = :organisation and n.phone_number = t.phone_number
                        """)
                .param("organisation", spec.organisationId())
                .param("now", now.toString())
                .param("phones", texts(attempts, LiveAttempt::phoneNumber))
                .update();
    }

    /** Moves attempts; every one must be as memory has it. */
    void move(JdbcClient transaction, JobSpec spec, long epoch, List<AttemptChange> changes) {
        int moved = transaction
                .sql("""
                        update attempt a
                           set state = t.state, version = t.next_version, epoch = :epoch,
                               completion_code_id = t.code, state_deadline = t.deadline,
                               dialed_at = coalesce(a.dialed_at, t.dialed_at),
                               ringing_at = coalesce(a.ringing_at, t.ringing_at),
                               answered_at = coalesce(a.answered_at, t.answered_at),
                               completed_at = t.completed_at
                          from unnest(cast(:ids as uuid[]), cast(:versions as integer[]), cast(:states as text[]),
                                      cast(:nextVersions as integer[]), cast(:codes as integer[]),
                                      cast(:deadlines as timestamptz[]), cast(:dialed as timestamptz[]),
                                      cast(:ringing as timestamptz[]), cast(:answered as timestamptz[]),
                                      cast(:completed as timestamptz[]))
                            as t(attempt_id, version, state, next_version, code, deadline, dialed_at, ringing_at,
                                 answered_at, completed_at)
                         where a.attempt_id = t.attempt_id and a.owner_scope = :scope and a.epoch <= :epoch
                           and a.version = t.version and a.state <> 'COMPLETED'
                        """)
                .param("scope", spec.scope().value())
                .param("epoch", epoch)
                .param("ids", texts(changes, change -> change.before().id()))
                .param("versions", ints(changes, change -> change.before().version()))
                .param("states", texts(changes, AttemptChange::state))
                .param("nextVersions", ints(changes, AttemptChange::version))
                .param("codes", texts(changes, change -> JdbcDialingStore.id(change.code())))
                .param("deadlines", texts(changes, AttemptChange::deadline))
                .param("dialed", texts(changes, change -> change.at(AttemptState.DIALING)))
                .param("ringing", texts(changes, change -> change.at(AttemptState.RINGING)))
                .param("answered", texts(changes, change -> change.at(AttemptState.ANSWERED)))
                .param("completed", texts(changes, change -> change.at(AttemptState.COMPLETED)))
                .update();
        requireAll("attempts", changes.size(), moved);
    }

    /** Ends or re-queues the contacts of completed attempts; each must be in its attempt. */
    void settleContacts(JdbcClient transaction, JobSpec spec, List<AttemptChange> completed) {
        if (completed.isEmpty()) {
            return;
        }
        int settled = transaction
                .sql("""
                        update job_contact jc
                           set state = t.state, completion_code_id = t.code, version = jc.version + 1,
                               next_attempt_at = case when t.state = 'RETRY_WAIT'
                                 then clock_timestamp() + t.after_millis * interval '1 millisecond'
                                 else jc.next_attempt_at end
                          from unnest(cast(:contacts as bigint[]), cast(:states as text[]), cast(:codes as integer[]),
                                      cast(:afters as bigint[])) as t(contact_id, state, code, after_millis)
                         where jc.job_id = :job and jc.contact_id = t.contact_id and jc.state = 'IN_ATTEMPT'
                        """)
                .param("job", spec.jobId())
                .param("contacts", longs(completed, change -> change.before().contactId()))
                .param("states", texts(completed, change -> change.contactNext().next()))
                .param("codes", texts(completed, change -> JdbcDialingStore.id(change.code())))
                .param(
                        "afters",
                        longs(
                                completed,
                                change -> change.contactNext().retryAfter().toMillis()))
                .update();
        requireAll("contacts", completed.size(), settled);
    }

    /** The scope's rows are written by its owner alone, so a difference means that memory is not what was committed. */
    private static void requireAll(String what, int expected, int written) {
        if (written != expected) {
            throw new MemoryDiffers(what + ": " + expected + " expected, " + written + " written");
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        if (!row.getString("contact_state").equals(JobContactState.IN_ATTEMPT.name())) {
            throw new InvariantBroken("INV-3", "a live attempt of a contact that is " + row.getString("contact_state"));
        }
        LiveAttempt attempt = new LiveAttempt(
                row.getObject("attempt_id", UUID.class),
                row.getLong("contact_id"),
                row.getInt("attempt_no"),
                row.getInt("not_placed"),
                row.getString("phone_number"),
                row.getString("user_contact_id"),
                row.getInt("contact_list_id"),
                row.getString("gateway_id"),
                row.getLong("gateway_incarnation"),
                AttemptState.valueOf(row.getString("state")),
                row.getInt("version"),
                0,
                0);
        return new Row(
                attempt, Duration.ofMillis(row.getLong("age_millis")), Duration.ofMillis(row.getLong("left_millis")));
    }
}
