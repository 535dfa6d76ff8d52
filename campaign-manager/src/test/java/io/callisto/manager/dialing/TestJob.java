package io.callisto.manager.dialing;

import io.callisto.domain.JobId;
import io.callisto.domain.ZoneId;
import io.callisto.ha.Scope;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A job in the database with contacts of its own. */
final class TestJob {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final JdbcClient jdbc;
    final JobId id;
    final ZoneId zone = new ZoneId(0);

    private TestJob(JdbcClient jdbc, long id) {
        this.jdbc = jdbc;
        this.id = new JobId(id);
    }

    static String strategy(int maxAttempts, String retries) {
        return strategy(maxAttempts, retries, "PT0S", "00:00", "24:00");
    }

    static String strategy(int maxAttempts, String retries, String gap, String start, String end) {
        String form = """
                {"call": {"ringTimeout": "PT10S", "callsPerSecond": 1000, "maxCalls": 200, "maxAttempts": %d,
                 "minGap": "%s", "window": {"start": "%s", "end": "%s"}, "retries": [%s]}}""";
        return form.formatted(maxAttempts, gap, start, end, retries);
    }

    static String retry(String code, String after, int maxAttempts) {
        return "{\"code\": \"%s\", \"after\": \"%s\", \"maxAttempts\": %d}".formatted(code, after, maxAttempts);
    }

    /** A running job with so many contacts, each with a number of its own. */
    static TestJob running(DataSource dataSource, String strategy, int contacts) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        int name = NAMES.incrementAndGet();
        int list = jdbc.sql("insert into contact_list (organisation_id, zone_id, name) values (0, 0, :name)"
                        + " returning contact_list_id")
                .param("name", "list " + name)
                .query(Integer.class)
                .single();
        jdbc.sql("""
                        insert into contact (contact_list_id, user_contact_id, phone_number_1, phone_1_zones)
                        select :list, 'u' || n, '+4930' || lpad((:name * 100000 + n)::text, 9, '0'), '{Europe/Berlin}'
                          from generate_series(1, :contacts) n
                        """)
                .param("list", list)
                .param("name", name)
                .param("contacts", contacts)
                .update();
        return running(jdbc, strategy, list, name);
    }

    /** Another running job on the same contacts. */
    TestJob another(String strategy) {
        int list = jdbc.sql("""
                        select c.contact_list_id from job_contact jc join contact c using (contact_id)
                         where jc.job_id = :job limit 1
                        """).param("job", id.value()).query(Integer.class).single();
        return running(jdbc, strategy, list, NAMES.incrementAndGet());
    }

    private static TestJob running(JdbcClient jdbc, String strategy, int list, int name) {
        long job = jdbc.sql("""
                        with s as (insert into campaign_strategy (organisation_id, name) values (0, :name)
                          returning strategy_id),
                             v as (insert into campaign_strategy_version (strategy_id, version, definition, created_by)
                                   select strategy_id, 1, cast(:definition as jsonb), 'test' from s),
                             c as (insert into campaign (organisation_id, name, strategy_id)
                                   select 0, :name, strategy_id from s returning campaign_id, strategy_id)
                        insert into job (organisation_id, campaign_id, strategy_id, strategy_version, state, created_by)
                        select 0, campaign_id, strategy_id, 1, 'RUNNING', 'test' from c returning job_id
                        """)
                .param("name", "campaign " + name)
                .param("definition", strategy)
                .query(Long.class)
                .single();
        jdbc.sql("insert into job_zone (job_id, zone_id, allocated_to, filtered) values (:job, 0, 's1', true)")
                .param("job", job)
                .update();
        jdbc.sql("""
                        insert into job_contact (job_id, contact_id, zone_id)
                        select :job, contact_id, 0 from contact where contact_list_id = :list
                        """).param("job", job).param("list", list).update();
        return new TestJob(jdbc, job);
    }

    Scope scope() {
        return Scope.job(id, zone);
    }

    void setState(String state) {
        jdbc.sql("update job set state = :state where job_id = :job")
                .param("state", state)
                .param("job", id.value())
                .update();
    }

    List<String> numbers() {
        return jdbc.sql("""
                        select phone_number_1 from job_contact join contact using (contact_id)
                         where job_id = :job order by contact_id
                        """).param("job", id.value()).query(String.class).list();
    }

    void doNotCall(String number) {
        jdbc.sql("insert into do_not_call (organisation_id, phone_number, added_by) values (0, :number, 'test')")
                .param("number", number)
                .update();
    }

    long contacts(String state) {
        return count("select count(*) from job_contact where job_id = :job and state = '" + state + "'");
    }

    long contactsWith(String state, String code) {
        return count("select count(*) from job_contact join completion_code using (completion_code_id)"
                + " where job_id = :job and state = '" + state + "' and code = '" + code + "'");
    }

    long attempts() {
        return count("select count(*) from attempt where job_id = :job");
    }

    long attemptsWith(String code) {
        return count("select count(*) from attempt join completion_code using (completion_code_id)"
                + " where job_id = :job and code = '" + code + "'");
    }

    long liveAttempts() {
        return count("select count(*) from attempt where job_id = :job and state <> 'COMPLETED'");
    }

    boolean finished() {
        return count("select count(*) from job_contact where job_id = :job and state in"
                        + " ('READY', 'RETRY_WAIT', 'IN_ATTEMPT')")
                == 0;
    }

    /** Ids of attempts with their code, or null while they live. */
    List<Map<String, Object>> attemptRows() {
        return jdbc.sql("""
                        select attempt_id, contact_id, attempt_no, code, state, version
                          from attempt left join completion_code using (completion_code_id) where job_id = :job
                        """).param("job", id.value()).query().listOfRows();
    }

    /** Where the counters of the job are not what a full count says, INV-11. */
    List<String> drift() {
        return jdbc.sql("select d::text from job_count_drift(:job) d")
                .param("job", id.value())
                .query(String.class)
                .list();
    }

    List<String> attemptEvents() {
        return jdbc.sql("""
                        select e.payload from attempt a
                          join event_outbox e on e.event_type = 'ATTEMPT' and e.aggregate_id = a.attempt_id::text
                         where a.job_id = :job
                        """).param("job", id.value()).query(String.class).list();
    }

    long count(String sql) {
        return jdbc.sql(sql).param("job", id.value()).query(Long.class).single();
    }
}
