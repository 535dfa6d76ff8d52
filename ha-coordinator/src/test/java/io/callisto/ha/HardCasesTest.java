package io.callisto.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.ha.LeaseStatistics.Event;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What operators and accidents do to ownership. */
class HardCasesTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration IDLE = Duration.ofMillis(20);
    private static final String SERVICE = "agent-manager";

    private final TestNodes nodes = new TestNodes(DB);
    private final JdbcClient sql = JdbcClient.create(DB.dataSource());
    private final Scope scope =
            new Scope("agent-manager/" + UUID.randomUUID().toString().substring(0, 8));

    @AfterEach
    void closeAll() {
        nodes.close();
    }

    @Test
    void of_two_living_processes_with_one_name_the_second_stands_for_nothing_until_the_first_has_gone() {
        TestDuty first = TestDuty.idle();
        TestDuty second = TestDuty.idle();
        Scope other = new Scope(scope + "/b");
        LeaseCoordinator original = nodes.start("s1");
        original.register(SERVICE).standFor(scope, IDLE, first);
        Waiting.until(SOON, first::active);
        LeaseCoordinator twin = nodes.start("s1");
        twin.register(SERVICE).standFor(other, IDLE, second);
        Waiting.until(SOON, () -> !twin.barredBecause().isEmpty());
        assertThat(twin.barredBecause()).contains("callisto.server-name").contains("s1");
        assertThat(new CoordinatorHealth(twin).health().getStatus().getCode()).isEqualTo("DOWN");
        int pieces = first.pieces.get();
        Waiting.until(SOON, () -> first.pieces.get() > pieces + 50);
        assertThat(second.active()).isFalse();
        assertThat(original.barredBecause()).isEmpty();
        assertThat(twin.directory().members(SERVICE))
                .extracting(ServiceDirectory.Member::node)
                .containsExactly(original.node());
        original.close();
        Waiting.until(SOON, second::active);
    }

    @Test
    @Requirement("CD-1")
    void a_restart_after_a_kill_is_not_taken_for_a_twin_and_not_delayed() throws Exception {
        TestDuty duty = TestDuty.idle();
        try (OwnerProcess killed = OwnerProcess.start("s1", scope, DB.jdbcUrl(), DB.user(), DB.password())) {
            Waiting.until(SOON, () -> "HELD".equals(leaseState()));
            killed.kill();
            Waiting.until(SOON, () -> !killed.alive());
        }
        Scope free = new Scope(scope + "/free");
        LeaseCoordinator again = nodes.start("s1");
        again.register(SERVICE).standFor(free, IDLE, duty);
        long start = System.nanoTime();
        Waiting.until(SOON, duty::active);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        assertThat(again.barredBecause()).isEmpty();
    }

    @Test
    void a_program_older_than_the_database_owns_nothing_and_says_what_to_do() {
        sql.sql("""
            insert into flyway_schema_history
              (installed_rank, version, description, type, script, installed_by, execution_time, success)
            values (9999, '999', 'future', 'SQL', 'V999__future.sql', 'test', 1, true)\
            """).update();
        try {
            TestDuty duty = TestDuty.idle();
            LeaseCoordinator s1 = nodes.start("s1");
            s1.register(SERVICE).standFor(scope, IDLE, duty);
            Waiting.until(SOON, () -> s1.barredBecause().contains("newer program"));
            assertThat(duty.active()).isFalse();
            sql.sql("delete from flyway_schema_history where version = '999'").update();
            Waiting.until(SOON, duty::active);
            assertThat(sql.sql("select schema_version from ha_node where node_id = :node")
                            .param("node", s1.node().value())
                            .query(String.class)
                            .single())
                    .isEqualTo(SchemaVersion.ofProgram());
        } finally {
            sql.sql("delete from flyway_schema_history where version = '999'").update();
        }
    }

    @Test
    void a_lease_row_that_is_deleted_by_hand_is_made_anew_and_there_is_one_owner_again() {
        Owned owned = owned();
        sql.sql("delete from ha_lease where scope = :scope")
                .param("scope", scope.value())
                .update();
        owned.awaitAnotherEpoch();
    }

    @Test
    void a_fence_that_is_deleted_or_set_back_by_hand_never_gives_an_epoch_twice() {
        Owned owned = owned();
        sql.sql("update ha_fence set epoch = epoch - 1 where scope = :scope")
                .param("scope", scope.value())
                .update();
        sql.sql("update ha_lease set epoch = epoch - 1 where scope = :scope")
                .param("scope", scope.value())
                .update();
        long second = owned.awaitAnotherEpoch();
        assertThat(second).isGreaterThan(owned.epoch());
        sql.sql("delete from ha_fence where scope = :scope")
                .param("scope", scope.value())
                .update();
        Waiting.until(SOON, () -> one("select coalesce(max(epoch), 0) from ha_fence where scope = :scope") > second);
    }

    @Test
    void a_lease_that_is_given_to_nobody_known_by_hand_is_taken_when_it_expires() {
        Owned owned = owned();
        NodeId nobody =
                new TestLeases(DB.dataSource()).claim(new Scope(scope + "/x")).owner();
        sql.sql("update ha_lease set owner = :nobody where scope = :scope")
                .param("nobody", nobody.value())
                .param("scope", scope.value())
                .update();
        owned.awaitAnotherEpoch();
        assertThat(owned.duty().overlapped).isFalse();
    }

    @Test
    void while_the_database_is_read_only_nothing_is_owned_and_work_resumes_afterwards() {
        Owned owned = owned();
        String database = DB.jdbcUrl().replaceAll(".*/([a-z0-9_]+).*", "$1");
        sql.sql("alter database " + database + " set default_transaction_read_only = on")
                .update();
        try {
            endSessions();
            Waiting.until(SOON, () -> !owned.duty().active() && !owned.node().connected());
        } finally {
            writable("alter database " + database + " reset default_transaction_read_only");
            endSessions();
        }
        Waiting.until(SOON, () -> owned.duty().active());
        assertThat(owned.duty().overlapped).isFalse();
    }

    @Test
    void when_all_candidates_have_stopped_the_first_that_comes_back_takes_all() {
        for (String server : List.of("s1", "s2")) {
            TestDuty duty = TestDuty.idle();
            LeaseCoordinator node = nodes.start(server);
            node.register(SERVICE).standFor(scope, IDLE, duty);
            Waiting.until(SOON, duty::active);
            node.close();
        }
        Waiting.until(SOON, () -> "RELEASED".equals(leaseState()));
        TestDuty last = TestDuty.idle();
        long start = System.nanoTime();
        nodes.start("s2").register(SERVICE).standFor(scope, IDLE, last);
        Waiting.until(SOON, last::active);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void a_scope_that_flaps_rests_for_a_while_between_owners() {
        TestDuty suicidal = TestDuty.doing(lease -> {
            throw new Fenced(lease, "on purpose");
        });
        LeaseCoordinator s1 = nodes.start("s1");
        Candidacy candidacy = s1.register(SERVICE).standFor(scope, IDLE, suicidal);
        Waiting.until(
                SOON,
                () -> one("select count(*) from ha_lease where scope = :scope and hold_until > clock_timestamp()")
                        == 1);
        assertThat(suicidal.takeOvers()).isGreaterThanOrEqualTo(8);
        candidacy.close();
        TestDuty calm = TestDuty.idle();
        s1.register("rule-engine").standFor(scope, IDLE, calm);
        Waiting.until(SOON, calm::active);
    }

    @Test
    @Requirement("DEP-7")
    void a_wrong_clock_is_shown_and_alarmed_and_ownership_does_not_care() {
        TestDuty duty = TestDuty.idle();
        LeaseCoordinator s1 = nodes.start("s1", TestNodes.QUICK, Clock.offset(Clock.systemUTC(), Duration.ofHours(-1)));
        s1.register(SERVICE).standFor(scope, IDLE, duty);
        Waiting.until(SOON, duty::active);
        assertThat(s1.clockSkew().beyond()).isTrue();
        assertThat(s1.clockSkew().millis()).isBetween(-3_605_000L, -3_595_000L);
        assertThat(new CoordinatorHealth(s1).health().getStatus().getCode()).isEqualTo("UP");
        assertThat(new CoordinatorHealth(s1).health().getDetails().get("clock"))
                .asString()
                .contains("set it right");
        Waiting.until(
                SOON,
                () -> sql.sql("select count(*) from ha_node where node_id = :node and clock_skew_millis < -3590000")
                                .param("node", s1.node().value())
                                .query(Integer.class)
                                .single()
                        == 1);
    }

    @Test
    void an_idle_node_asks_the_database_about_twice_a_second_and_an_owner_four_times() {
        LeaseCoordinator owner = nodes.start("s1");
        TestDuty duty = TestDuty.idle();
        owner.register(SERVICE).standFor(scope, Duration.ofSeconds(1), duty);
        Waiting.until(SOON, duty::active);
        LeaseCoordinator idle = nodes.start("s2");
        idle.register(SERVICE).standFor(scope, IDLE, TestDuty.idle());
        Waiting.until(SOON, () -> idle.linkedPeers() == 1);
        long start = System.nanoTime();
        long ofOwner = owner.statistics().get(Event.STATEMENT);
        long ofIdle = idle.statistics().get(Event.STATEMENT);
        Waiting.until(
                SOON, () -> System.nanoTime() - start > Duration.ofSeconds(6).toNanos());
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat((idle.statistics().get(Event.STATEMENT) - ofIdle) / seconds).isBetween(0.5, 4.0);
        assertThat((owner.statistics().get(Event.STATEMENT) - ofOwner) / seconds)
                .isBetween(1.0, 5.0);
    }

    /** A scope with an owner. */
    private record Owned(LeaseCoordinator node, TestDuty duty, long epoch) {
        long awaitAnotherEpoch() {
            Waiting.until(SOON, () -> duty.active() && node.held().stream().anyMatch(lease -> lease.epoch() != epoch));
            return node.held().get(0).epoch();
        }
    }

    private Owned owned() {
        TestDuty duty = TestDuty.idle();
        LeaseCoordinator s1 = nodes.start("s1");
        s1.register(SERVICE).standFor(scope, IDLE, duty);
        Waiting.until(SOON, duty::active);
        return new Owned(s1, duty, s1.held().get(0).epoch());
    }

    private void endSessions() {
        sql.sql("""
            select count(pg_terminate_backend(pid)) from pg_stat_activity
            where datname = current_database() and application_name like 'callisto-%@%'\
            """).query(row -> {});
    }

    private void writable(String statement) {
        sql.sql("begin read write; " + statement + "; commit").update();
    }

    private String leaseState() {
        return sql.sql("select state from ha_lease where scope = :scope")
                .param("scope", scope.value())
                .query(String.class)
                .optional()
                .orElse("");
    }

    private long one(String query) {
        return sql.sql(query).param("scope", scope.value()).query(Long.class).single();
    }
}
