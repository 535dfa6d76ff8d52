package io.callisto.server.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.server.process.ProcessIdentity;
import io.callisto.server.process.ProcessLauncher;
import io.callisto.server.process.ProcessSpec;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class SupervisorTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @TempDir
    Path directory;

    private final JdbcClient jdbc = JdbcClient.create(DB.dataSource());
    private SupervisorFiles files;
    private SupervisorPlan plan;
    private SupervisorRunner runner;
    private Thread thread;

    @BeforeEach
    void prepare() {
        ProcessSpec spec = new ProcessSpec(
                "s1-rule-engine",
                "io.callisto.server.process.SleeperMain",
                16,
                List.of(),
                List.of("--say=hello \"you\""));
        plan = new SupervisorPlan(
                "s1",
                DB.jdbcUrl(),
                DB.user(),
                DB.password(),
                List.of(new SupervisorPlan.Member("rule-engine", true, false, spec)));
        files = new SupervisorFiles(directory, "s1");
        jdbc.sql("delete from service_wish").update();
        start();
    }

    @AfterEach
    void end() throws InterruptedException {
        runner.stop();
        thread.join(30_000);
        new ProcessLauncher(directory).find("s1-rule-engine").ifPresent(p -> ProcessLauncher.stop(p, 5));
    }

    @Test
    void a_killed_process_is_certified_dead_and_started_again() {
        ProcessIdentity first = awaitProcess(0);
        UUID node = register(first.pid());
        first.handle().orElseThrow().destroyForcibly();
        ProcessIdentity second = awaitProcess(first.pid());
        assertThat(second.pid()).isNotEqualTo(first.pid());
        await().atMost(LIMIT).untilAsserted(() -> assertThat(certificate(node)).isEqualTo("DEAD supervisor/s1"));
    }

    @Test
    @Requirement("FS-7")
    void a_certificate_waits_for_nothing_but_the_end_of_the_process() {
        List<Long> micros = new ArrayList<>();
        long before = 0;
        for (int i = 0; i < 3; i++) {
            ProcessIdentity process = awaitProcess(before);
            before = process.pid();
            UUID node = register(process.pid());
            Instant killed = jdbc.sql("select clock_timestamp()")
                    .query(Timestamp.class)
                    .single()
                    .toInstant();
            process.handle().orElseThrow().destroyForcibly();
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(certificate(node)).startsWith("DEAD"));
            Instant died = jdbc.sql("select died_at from ha_node where node_id = ?")
                    .param(node)
                    .query(Timestamp.class)
                    .single()
                    .toInstant();
            micros.add(Duration.between(killed, died).toNanos() / 1_000);
        }
        Collections.sort(micros);
        System.out.println("kill to certificate, microseconds: " + micros);
        // The next start waits 250 ms and more, and a look comes every 100 ms: neither may be in between.
        assertThat(micros.get(0)).as("microseconds of three kills: %s", micros).isLessThan(90_000);
    }

    @Test
    void a_supervisor_that_takes_over_adopts_what_runs_and_certifies_what_died_meanwhile() throws Exception {
        ProcessIdentity first = awaitProcess(0);
        abandon();
        start();
        assertThat(awaitProcess(0)).isEqualTo(first);

        abandon();
        UUID node = register(first.pid());
        first.handle().orElseThrow().destroyForcibly();
        await().atMost(LIMIT).until(() -> !first.alive());
        start();
        assertThat(awaitProcess(first.pid()).pid()).isNotEqualTo(first.pid());
        await().atMost(LIMIT).untilAsserted(() -> assertThat(certificate(node)).startsWith("DEAD"));
    }

    @Test
    void an_administrators_wish_stops_a_service_and_lets_it_run_again() {
        ProcessIdentity first = awaitProcess(0);
        jdbc.sql("insert into service_wish (server, service, wish, changed_by)"
                        + " values ('s1', 'rule-engine', 'STOP', 'me')")
                .update();
        await().atMost(LIMIT).until(() -> !first.alive());
        await().atMost(LIMIT)
                .until(() -> Objects.requireNonNull(files.records().get("s1-rule-engine"))
                        .stopped());
        jdbc.sql("update service_wish set wish = 'RUN'").update();
        awaitProcess(first.pid());
    }

    @Test
    void a_wish_that_the_database_tells_of_is_not_waited_for() {
        List<Long> millis = new ArrayList<>();
        long before = 0;
        for (int i = 0; i < 3; i++) {
            ProcessIdentity process = awaitProcess(before);
            before = process.pid();
            long from = System.nanoTime();
            jdbc.sql("""
                    with wished as (
                      insert into service_wish (server, service, wish, changed_by)
                      values ('s1', 'rule-engine', 'STOP', 'me')
                      on conflict (server, service) do update set wish = 'STOP'
                      returning 1)
                    select pg_notify('callisto_wish', 's1/rule-engine') from wished
                    """).query((row, number) -> "").list();
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(10)).until(() -> !process.alive());
            millis.add(Duration.ofNanos(System.nanoTime() - from).toMillis());
            jdbc.sql("update service_wish set wish = 'RUN'").update();
        }
        Collections.sort(millis);
        // A look at the wishes comes once a second without.
        assertThat(millis.get(1)).as("milliseconds of three wishes: %s", millis).isLessThan(500);
    }

    @Test
    void restarts_slow_down_and_recover() {
        assertThat(BackOff.failures(7, Duration.ofSeconds(5))).isEqualTo(8);
        assertThat(BackOff.failures(7, Duration.ofMinutes(5))).isEqualTo(1);
        assertThat(BackOff.delay(1)).isEqualTo(Duration.ofMillis(250));
        assertThat(BackOff.delay(3)).isEqualTo(Duration.ofSeconds(1));
        assertThat(BackOff.delay(50)).isEqualTo(Duration.ofSeconds(15));
    }

    private void start() {
        runner = new SupervisorRunner(plan, files, new ProcessLauncher(directory), System::nanoTime);
        SupervisorRunner mine = runner;
        thread = new Thread(() -> {
            try {
                mine.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
    }

    /** As a kill of the supervisor would: it ends without ending its processes. */
    private void abandon() throws InterruptedException {
        thread.interrupt();
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
    }

    private ProcessIdentity awaitProcess(long otherThan) {
        return await().atMost(LIMIT)
                .until(
                        () -> {
                            MemberRecord record = files.records().get("s1-rule-engine");
                            return record == null ? null : record.process();
                        },
                        process -> process != null && process.alive() && process.pid() != otherThan);
    }

    private UUID register(long pid) {
        UUID node = UUID.randomUUID();
        jdbc.sql("insert into ha_node (node_id, server, process, pid, state)"
                        + " values (?, 's1', 'rule-engine', ?, 'RUNNING')")
                .params(node, pid)
                .update();
        return node;
    }

    private String certificate(UUID node) {
        return jdbc.sql("select state || ' ' || coalesce(certified_by, '-') from ha_node where node_id = ?")
                .param(node)
                .query(String.class)
                .single();
    }
}
