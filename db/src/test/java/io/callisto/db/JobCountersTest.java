package io.callisto.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The counters of jobs against a full count, INV-11. */
class JobCountersTest {
    private static final String[] STATES = {"READY", "IN_ATTEMPT", "RETRY_WAIT", "COMPLETED", "RESTRICTED", "FAILED"};
    private static final int CONTACTS = 60;

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @Test
    void every_way_to_write_rows_is_counted() throws SQLException {
        try (Connection connection = DB.dataSource().getConnection()) {
            long job = job(connection, "every way");
            assertThat(number(connection, "select sum(ready) from job_zone_count where job_id = " + job))
                    .isEqualTo(CONTACTS);
            run(connection, state(job, "IN_ATTEMPT", "true"));
            run(connection, attempts(job, "true"));
            run(connection, over(job, 3, "contact_id % 2 = 0"));
            run(connection, state(job, "COMPLETED", "contact_id % 2 = 0"));
            assertThat(drift(connection, job)).isEmpty();
            assertThat(number(connection, "select attempts from job_code_count where job_id = " + job))
                    .isEqualTo(CONTACTS / 2);

            // An agent says otherwise later.
            run(connection, "update attempt set completion_code_id = 1 where contact_id % 4 = 0 and job_id = " + job);
            assertThat(drift(connection, job)).isEmpty();
            assertThat(number(connection, "select count(*) from job_code_count where job_id = " + job))
                    .isEqualTo(2);

            run(connection, "update job_contact set next_attempt_at = now() where job_id = " + job);
            run(connection, "delete from attempt where contact_id % 5 = 0 and job_id = " + job);
            run(connection, "delete from job_contact where contact_id % 5 = 0 and job_id = " + job);
            assertThat(drift(connection, job)).isEmpty();
            assertThat(number(connection, "select sum(attempts) from job_zone_count where job_id = " + job))
                    .isLessThan(CONTACTS);
        }
    }

    @Test
    void what_is_rolled_back_was_never_counted_and_nothing_changed_locks_nothing() throws SQLException {
        try (Connection one = DB.dataSource().getConnection();
                Connection two = DB.dataSource().getConnection()) {
            long job = job(one, "rolled back");
            one.setAutoCommit(false);
            run(one, state(job, "COMPLETED", "true"));
            one.rollback();
            run(one, "update job_contact set next_attempt_at = now() where job_id = " + job);
            run(two, "select from job_zone_count where job_id = " + job + " for update nowait");
            one.rollback();
            one.setAutoCommit(true);
            assertThat(drift(one, job)).isEmpty();
        }
    }

    @Test
    @Requirement("EV-5")
    void many_writers_of_one_job_at_once_leave_no_drift() throws Exception {
        long job;
        try (Connection connection = DB.dataSource().getConnection()) {
            job = job(connection, "many writers");
            run(connection, state(job, "IN_ATTEMPT", "true"));
            run(connection, attempts(job, "true"));
        }
        ExecutorService writers = Executors.newFixedThreadPool(4);
        try {
            List<Future<Long>> running = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                running.add(writers.submit(writer(job, writer)));
            }
            for (Future<Long> one : running) {
                assertThat(one.get()).isEqualTo(100);
            }
        } catch (ExecutionException failed) {
            throw new AssertionError("a writer failed", failed.getCause());
        } finally {
            writers.shutdownNow();
        }
        try (Connection connection = DB.dataSource().getConnection()) {
            assertThat(drift(connection, job)).isEmpty();
        }
    }

    /** Writes contacts of its own, as each role does, and gives some of it up. */
    private static Callable<Long> writer(long job, int writer) {
        SplittableRandom random = new SplittableRandom(writer);
        return () -> {
            long done = 0;
            try (Connection connection = DB.dataSource().getConnection()) {
                connection.setAutoCommit(false);
                for (; done < 100; done++) {
                    String mine = "contact_id % 4 = " + writer + " and contact_id % 3 = " + random.nextInt(3);
                    run(connection, over(job, 1 + random.nextInt(9), mine));
                    run(connection, state(job, STATES[random.nextInt(STATES.length)], mine));
                    if (random.nextInt(4) == 0) {
                        connection.rollback();
                    } else {
                        connection.commit();
                    }
                }
            }
            return done;
        };
    }

    /** The migration itself, on a database of the version before that has jobs. */
    @Test
    void jobs_that_were_there_before_are_counted_by_the_migration() throws SQLException {
        try (Connection connection = DB.dataSource().getConnection()) {
            run(connection, "create schema before_counters");
            flyway("30").migrate();
            run(connection, "set search_path to before_counters");
            long job = job(connection, "before");
            run(connection, state(job, "IN_ATTEMPT", "contact_id % 2 = 0"));
            run(connection, attempts(job, "contact_id % 2 = 0"));
            run(connection, over(job, 3, "contact_id % 4 = 0"));
            run(connection, state(job, "FAILED", "contact_id % 4 = 0"));
            flyway("latest").migrate();
            assertThat(drift(connection, job)).isEmpty();
            assertThat(number(connection, "select sum(in_attempt) from job_zone_count"))
                    .isPositive();
            run(connection, state(job, "COMPLETED", "true"));
            assertThat(drift(connection, job)).isEmpty();
            run(connection, "reset search_path");
        }
    }

    private static Flyway flyway(String target) {
        return Flyway.configure()
                .dataSource(DB.dataSource())
                .locations("classpath:db/migration")
                .schemas("before_counters")
                .target(target)
                .load();
    }

    @Test
    void a_drift_is_found() throws SQLException {
        try (Connection connection = DB.dataSource().getConnection()) {
            long job = job(connection, "drift");
            run(connection, "update job_zone_count set ready = ready - 1, failed = 1 where job_id = " + job);
            assertThat(drift(connection, job))
                    .containsExactlyInAnyOrder(
                            "(0,\"contacts READY\"," + (CONTACTS - 1) + "," + CONTACTS + ")",
                            "(0,\"contacts FAILED\",1,0)");
            run(connection, "delete from job_zone_count where job_id = " + job);
            assertThat(drift(connection, job)).hasSize(1);
        }
    }

    private static long job(Connection connection, String name) throws SQLException {
        run(
                connection,
                "insert into contact_list (organisation_id, zone_id, name) values (0, 0, '" + name + "')",
                "insert into contact (contact_list_id, user_contact_id, phone_number_1, phone_1_zones)"
                        + " select l.contact_list_id, 'u' || n, '+4930' || (1000000 + n), '{Europe/Berlin}'"
                        + " from contact_list l, generate_series(1, " + CONTACTS + ") n where l.name = '" + name + "'",
                "insert into campaign_strategy (organisation_id, name) values (0, '" + name + "')",
                "insert into campaign_strategy_version (strategy_id, version, definition, created_by)"
                        + " select strategy_id, 1, '{}', 'test' from campaign_strategy where name = '" + name + "'",
                "insert into campaign (organisation_id, name, strategy_id)"
                        + " select 0, name, strategy_id from campaign_strategy where name = '" + name + "'",
                "insert into job (organisation_id, campaign_id, strategy_id, strategy_version, created_by)"
                        + " select 0, campaign_id, strategy_id, 1, 'test' from campaign where name = '" + name + "'");
        long job = number(
                connection, "select job_id from job join campaign using (campaign_id) where name = '" + name + "'");
        run(
                connection,
                "insert into job_contact (job_id, contact_id, zone_id) select " + job + ", contact_id, 0 from contact"
                        + " join contact_list using (contact_list_id) where name = '" + name + "'");
        return job;
    }

    private static String state(long job, String state, String which) {
        return "update job_contact set completion_code_id = 3, state = '" + state + "' where job_id = " + job + " and "
                + which;
    }

    private static String attempts(long job, String which) {
        return "insert into attempt (attempt_id, job_id, contact_id, attempt_no, organisation_id, zone_id,"
                + " phone_number, owner_scope, epoch, gateway_id, gateway_incarnation, state, state_deadline)"
                + " select gen_random_uuid(), job_id, contact_id, 1, 0, 0, '+4930123456', 'job/1/0', 1, 'g1', 1,"
                + " 'DIALING', now() from job_contact where job_id = " + job + " and " + which;
    }

    private static String over(long job, int code, String which) {
        return "update attempt set state = 'COMPLETED', completed_at = now(), completion_code_id = " + code
                + " where job_id = " + job + " and " + which;
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private static List<String> drift(Connection connection, long job) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select d::text from job_count_drift(" + job + ") d")) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
