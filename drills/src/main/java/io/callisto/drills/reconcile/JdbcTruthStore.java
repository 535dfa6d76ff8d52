package io.callisto.drills.reconcile;

import io.callisto.drills.reconcile.Evidence.Attempt;
import io.callisto.drills.reconcile.Evidence.Contacts;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what the database says. Thread-safe. */
public final class JdbcTruthStore {
    private final JdbcClient jdbc;

    public JdbcTruthStore(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** The job's contacts by state. */
    public Contacts contacts(long job) {
        return jdbc.sql("""
            select count(*) as total,
                   count(*) filter (where state = 'COMPLETED') as completed,
                   count(*) filter (where state = 'RESTRICTED') as restricted,
                   count(*) filter (where state = 'FAILED') as failed,
                   count(*) filter (where state not in ('COMPLETED', 'RESTRICTED', 'FAILED')) as open
              from job_contact
             where job_id = :job
            """)
                .param("job", job)
                .query((row, n) -> new Contacts(
                        row.getLong("total"),
                        row.getLong("completed"),
                        row.getLong("restricted"),
                        row.getLong("failed"),
                        row.getLong("open")))
                .single();
    }

    /** Where the job's counters are not what a full count says (INV-11), in words. */
    public List<String> countDrift(long job) {
        return jdbc.sql("select zone_id, what, kept, counted from job_count_drift(:job)")
                .param("job", job)
                .query((row, n) -> "zone " + row.getInt("zone_id") + " has " + row.getLong("counted") + " "
                        + row.getString("what") + ", its counter says " + row.getLong("kept"))
                .list();
    }

    /** The job's attempts. */
    public List<Attempt> attempts(long job) {
        return jdbc.sql("""
            select a.attempt_id, a.contact_id, a.attempt_no, a.version, c.code
              from attempt a left join completion_code c using (completion_code_id)
             where a.job_id = :job
            """)
                .param("job", job)
                .query((row, n) -> new Attempt(
                        row.getObject("attempt_id", UUID.class),
                        row.getLong("contact_id"),
                        row.getInt("attempt_no"),
                        row.getInt("version"),
                        row.getString("code")))
                .list();
    }

    /** Some numbers of the list, for a do-not-call list. */
    public List<String> phoneNumbers(long list, int count) {
        return jdbc.sql("""
            select phone_number_1 from contact
             where contact_list_id = :list and contact_id % 7 = 0
             order by contact_id limit :count
            """)
                .param("list", list)
                .param("count", count)
                .query(String.class)
                .list();
    }

    /** Attempts of the job that are completed. */
    public long completedAttempts(long job) {
        return jdbc.sql("select count(*) from attempt where job_id = :job and state = 'COMPLETED'")
                .param("job", job)
                .query(Long.class)
                .single();
    }

    /** Sequence of the job's last event. */
    public int jobSeq(long job) {
        return jdbc.sql("select version from job where job_id = :job")
                .param("job", job)
                .query(Integer.class)
                .single();
    }

    /**
     * Attempts that were over some minutes ago at most and whose result the aggregator has not told. It forgets told
     * results later than that.
     */
    public long untoldResults() {
        return jdbc.sql("""
            select count(*) from attempt a
             where a.state = 'COMPLETED' and a.completed_at > clock_timestamp() - interval '4 minutes'
               and not exists (select from aggregator_attempt told
                                where told.attempt_id = a.attempt_id and told.issued_seq > 0)
            """).query(Long.class).single();
    }

    /** Events that wait in the outbox. */
    public long outboxRows() {
        return jdbc.sql("select count(*) from event_outbox").query(Long.class).single();
    }
}
