package io.callisto.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What peers see of each other's end, with real processes. */
class PeerLinkTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration IDLE = Duration.ofMillis(20);

    private final TestNodes nodes = new TestNodes(DB);
    private final JdbcClient sql = JdbcClient.create(DB.dataSource());
    private final Scope scope =
            new Scope("director/" + UUID.randomUUID().toString().substring(0, 8));

    @AfterEach
    void closeAll() {
        nodes.close();
    }

    @Test
    @Requirement({"DEP-2", "CD-1"})
    void a_killed_process_is_certified_dead_by_its_peer_and_taken_over_in_less_than_a_second() throws Exception {
        try (OwnerProcess owner = owner()) {
            TestDuty duty = standBy(owner);
            long start = System.nanoTime();
            owner.kill();
            Waiting.until(SOON, duty::active);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
            assertThat(lastReason()).isEqualTo("DEATH_CERTIFICATE");
            assertThat(sql.sql("select certified_by from ha_node where pid = :pid and server = 's8'")
                            .param("pid", owner.pid())
                            .query(String.class)
                            .single())
                    .isEqualTo("peer s9/server");
        }
    }

    @Test
    @Requirement("CD-1")
    void a_frozen_process_is_never_certified_dead_and_is_succeeded_when_its_lease_has_expired() throws Exception {
        try (OwnerProcess owner = owner()) {
            TestDuty duty = standBy(owner);
            long start = System.nanoTime();
            owner.freeze();
            Waiting.until(SOON, duty::active);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
            assertThat(lastReason()).isEqualTo("EXPIRED");
            owner.thaw();
            int pieces = duty.pieces.get();
            Waiting.until(SOON, () -> duty.pieces.get() > pieces + 50);
            assertThat(duty.takeOvers()).as("who thaws does nothing").isEqualTo(1);
            assertThat(sql.sql("select count(*) from ha_node where certified_by is not null and pid = :pid")
                            .param("pid", owner.pid())
                            .query(Integer.class)
                            .single())
                    .isZero();
            assertThat(owner.alive()).isTrue();
        }
    }

    @Test
    void a_process_whose_listener_has_gone_is_alive_while_the_database_knows_it() throws Exception {
        LeaseCoordinator s9 = nodes.start("s9");
        s9.register("campaign-director").standFor(scope, IDLE, TestDuty.idle());
        LeaseCoordinator s8 = nodes.start("s8");
        TestDuty own = TestDuty.idle();
        s8.register("campaign-director").standFor(new Scope(scope + "/own"), IDLE, own);
        Waiting.until(SOON, () -> s9.linkedPeers() == 1 && s8.linkedPeers() == 1 && own.active());
        int free;
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = nobody.getLocalPort();
        }
        // From now on s9 is refused where it looks for s8.
        sql.sql("""
            update ha_node set endpoints = jsonb_set(endpoints, '{peer}', to_jsonb('127.0.0.1:' || :port))
            where node_id = :node\
            """)
                .param("port", Integer.toString(free))
                .param("node", s8.node().value())
                .update();
        sql.sql("select pg_notify('callisto_node', 's8')").query(row -> {});
        Waiting.until(SOON, () -> s9.linkedPeers() == 0);
        long asked = s9.statistics().get(LeaseStatistics.Event.STATEMENT);
        Waiting.until(SOON, () -> s9.statistics().get(LeaseStatistics.Event.STATEMENT) > asked + 12);
        assertThat(state(s8)).isEqualTo("RUNNING");
        // Who is declared dead lets go of everything.
        assertThat(own.takeOvers()).isEqualTo(1);
        assertThat(s8.statistics().get(LeaseStatistics.Event.LOST)).isZero();
    }

    private OwnerProcess owner() throws Exception {
        return OwnerProcess.start("s8", scope, DB.jdbcUrl(), DB.user(), DB.password());
    }

    /** A candidate that is linked to the owner. */
    private TestDuty standBy(OwnerProcess owner) {
        String owned = """
            select count(*) from ha_lease l join ha_node n on n.node_id = l.owner
            where l.scope = :scope and n.pid = :pid and n.endpoints ->> 'peer' is not null\
            """;
        Waiting.until(
                SOON,
                () -> sql.sql(owned)
                                .param("scope", scope.value())
                                .param("pid", owner.pid())
                                .query(Integer.class)
                                .single()
                        == 1);
        TestDuty duty = TestDuty.idle();
        LeaseCoordinator s9 = nodes.start("s9");
        s9.register("campaign-director").standFor(scope, IDLE, duty);
        Waiting.until(SOON, () -> s9.linkedPeers() == 1);
        assertThat(duty.active()).isFalse();
        return duty;
    }

    private String lastReason() {
        return sql.sql("select reason from ha_transition where scope = :scope order by epoch desc limit 1")
                .param("scope", scope.value())
                .query(String.class)
                .single();
    }

    private String state(LeaseCoordinator coordinator) {
        return sql.sql("select state from ha_node where node_id = :node")
                .param("node", coordinator.node().value())
                .query(String.class)
                .single();
    }
}
