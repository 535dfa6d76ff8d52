package io.callisto.ha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.db.TestDatabase;
import io.callisto.ha.LeaseStore.Claim;
import io.callisto.ha.LeaseStore.Outcome;
import io.callisto.ha.LeaseStore.Renewal;
import io.callisto.ha.NodeStore.Node;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class JdbcLeaseStoreTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final Duration TTL = Duration.ofSeconds(60);
    private static final AtomicLong PIDS = new AtomicLong(1_000_000);

    private final JdbcClient sql = JdbcClient.create(DB.dataSource());
    private final Scope scope = new Scope("job/" + UUID.randomUUID().toString().substring(0, 8));
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Party one = new Party("s1");
    private final Party two = new Party("s2");

    /** A node with its session. */
    private final class Party {
        final Candidate me;
        final LeaseSession session;
        final long pid;

        Party(String server) {
            me = new Candidate(new NodeId(UUID.randomUUID()), server);
            PostgresConnections connections = new PostgresConnections(
                    new DatabaseAddress(DB.jdbcUrl(), DB.user(), DB.password()), TimingProfile.SMALL, me.node());
            BlockerRunner blockers = new BlockerRunner(connections);
            Thread thread = new Thread(blockers, "blockers");
            thread.setDaemon(true);
            thread.start();
            session = new PostgresLeaseDatabase(connections, blockers, new LeaseStatistics()).open();
            session.nodes().register(new Node(me.node(), server, "server", PIDS.incrementAndGet()));
            pid = PIDS.get();
            open.add(blockers);
            open.add(session);
        }

        Claim claim() {
            return session.leases().claim(scope, me, TTL, false);
        }

        Renewal renew(long epoch) {
            return session.leases().renew(me.node(), Map.of(scope, epoch));
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable next : open) {
            next.close();
        }
    }

    @Test
    void the_first_claim_makes_the_rows_and_tells_the_history() {
        Claim claim = one.claim();
        assertThat(claim.outcome()).isEqualTo(Outcome.CLAIMED);
        assertThat(claim.epoch()).isGreaterThan(Epochs.base(1));
        assertThat(transitions()).containsExactly(claim.epoch() + " FIRST");
        assertThat(two.claim().outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void a_released_lease_is_claimed_with_the_next_epoch() {
        long first = one.claim().epoch();
        one.session.leases().release(one.me.node(), scope, first);
        Claim second = two.claim();
        assertThat(second.outcome()).isEqualTo(Outcome.CLAIMED);
        assertThat(second.epoch()).isEqualTo(first + 1);
        assertThat(transitions()).containsExactly(first + " FIRST", second.epoch() + " RELEASED");
    }

    @Test
    void a_release_of_an_epoch_that_is_over_changes_nothing() {
        long first = one.claim().epoch();
        expire();
        two.claim();
        one.session.leases().release(one.me.node(), scope, first);
        assertThat(view(one).owner()).isEqualTo(two.me.node());
        assertThat(view(one).released()).isFalse();
    }

    @Test
    void an_expired_lease_is_claimed_and_the_former_owner_learns_it_at_its_next_renewal() {
        long first = one.claim().epoch();
        expire();
        Claim second = two.claim();
        assertThat(transitions()).last().isEqualTo(second.epoch() + " EXPIRED");
        Renewal answer = one.renew(first);
        assertThat(RenewalDecision.decide(first, one.me.node(), answer.rows().get(scope), answer.timeline()))
                .isEqualTo(RenewalDecision.LOST);
    }

    @Test
    void an_expired_lease_that_nobody_claimed_goes_on_with_the_same_epoch() {
        long first = one.claim().epoch();
        expire();
        assertThat(row(one.renew(first)).renewed()).isTrue();
        assertThat(two.claim().outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void a_death_certificate_frees_a_lease_that_has_not_expired() {
        one.claim();
        assertThat(view(two).remainingMillis()).isGreaterThan(50_000);
        JdbcDeathCertificateStore certificates = new JdbcDeathCertificateStore(DB.dataSource());
        assertThat(certificates.certify("s2", "server", one.pid, "test")).isZero();
        assertThat(certificates.certify("s1", "server", one.pid, "test")).isEqualTo(1);
        assertThat(certificates.certify("s1", "server", one.pid, "test")).isZero();
        Claim second = two.claim();
        assertThat(second.outcome()).isEqualTo(Outcome.CLAIMED);
        assertThat(transitions()).last().isEqualTo(second.epoch() + " DEATH_CERTIFICATE");
    }

    @Test
    void a_node_that_said_goodbye_is_not_declared_dead() {
        one.claim();
        one.session.nodes().retire(one.me.node());
        assertThat(new JdbcDeathCertificateStore(DB.dataSource()).certify("s1", "server", one.pid, "test"))
                .isZero();
        assertThat(two.claim().outcome()).isEqualTo(Outcome.CLAIMED);
        assertThat(transitions()).last().asString().endsWith("RELEASED");
    }

    @Test
    void a_renewal_neither_waits_for_a_locked_row_nor_takes_it_for_lost() throws Exception {
        long epoch = one.claim().epoch();
        try (Connection other = DB.dataSource().getConnection()) {
            other.setAutoCommit(false);
            lock(other, "select * from ha_lease where scope = '" + scope + "' for update");
            lock(other, "select * from ha_node where node_id = '" + one.me.node() + "' for update");
            Renewal answer = one.renew(epoch);
            assertThat(answer.rows()).isEmpty();
            assertThat(answer.nodeState()).isNull();
            other.rollback();
        }
        assertThat(row(one.renew(epoch)).renewed()).isTrue();
    }

    @Test
    void one_renewal_confirms_all_scopes_and_writes_the_heartbeat() {
        Scope second = new Scope(scope + "/b");
        long a = one.claim().epoch();
        long b = one.session.leases().claim(second, one.me, TTL, false).epoch();
        sql.sql("update ha_node set heartbeat_at = 'epoch' where node_id = :node")
                .param("node", one.me.node().value())
                .update();
        Renewal answer = one.session.leases().renew(one.me.node(), Map.of(scope, a, second, b));
        assertThat(answer.rows())
                .hasSize(2)
                .allSatisfy((s, row) -> assertThat(row.renewed()).isTrue());
        assertThat(answer.nodeState()).isEqualTo("RUNNING");
        String fresh = "select heartbeat_at > clock_timestamp() - interval '5 s' from ha_node where node_id = :node";
        assertThat(sql.sql(fresh)
                        .param("node", one.me.node().value())
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void a_claim_gives_up_in_time_while_honest_work_holds_the_fence() throws Exception {
        long first = one.claim().epoch();
        expire();
        try (Connection work = DB.dataSource().getConnection()) {
            work.setAutoCommit(false);
            lock(work, fenceLock(first));
            assertThat(two.claim().outcome()).isEqualTo(Outcome.BLOCKED);
            assertThat(two.claim().outcome()).isEqualTo(Outcome.BLOCKED);
            work.commit();
        }
        assertThat(two.claim().outcome()).isEqualTo(Outcome.CLAIMED);
    }

    @Test
    void a_claim_ends_the_transaction_of_a_frozen_owner_which_then_cannot_commit() throws Exception {
        long first = one.claim().epoch();
        expire();
        try (Connection bystander = DB.dataSource().getConnection();
                Connection frozen = DB.dataSource().getConnection()) {
            bystander.setAutoCommit(false);
            lock(bystander, "select * from ha_db");
            frozen.setAutoCommit(false);
            lock(frozen, fenceLock(first));
            Claim[] claim = new Claim[1];
            Waiting.until(Duration.ofSeconds(10), () -> {
                claim[0] = two.session.leases().claim(scope, two.me, TTL, true);
                return claim[0].outcome() == Outcome.CLAIMED;
            });
            assertThat(claim[0].epoch()).isEqualTo(first + 1);
            assertThatThrownBy(frozen::commit).isInstanceOf(SQLException.class);
            lock(bystander, "select 1");
            bystander.commit();
        }
    }

    @Test
    void many_claimers_at_once_give_one_owner() throws Exception {
        List<Party> parties = List.of(one, two, new Party("s3"), new Party("s4"), new Party("s5"));
        for (int round = 0; round < 20; round++) {
            Scope contested = new Scope(scope + "/" + round);
            CyclicBarrier start = new CyclicBarrier(parties.size());
            List<CompletableFuture<Claim>> claims = parties.stream()
                    .map(party -> CompletableFuture.supplyAsync(
                            () -> {
                                meet(start);
                                return party.session.leases().claim(contested, party.me, TTL, false);
                            },
                            task -> new Thread(task).start()))
                    .toList();
            int claimed = 0;
            for (CompletableFuture<Claim> claim : claims) {
                claimed += claim.get(20, TimeUnit.SECONDS).outcome() == Outcome.CLAIMED ? 1 : 0;
            }
            assertThat(claimed).isEqualTo(1);
        }
    }

    @Test
    void a_new_timeline_raises_every_epoch() {
        long first = one.claim().epoch();
        sql.sql("update ha_db set timeline = timeline + 3").update();
        try {
            Renewal answer = one.renew(first);
            assertThat(RenewalDecision.decide(
                            first, one.me.node(), answer.rows().get(scope), answer.timeline()))
                    .isEqualTo(RenewalDecision.OLD_TIMELINE);
            one.session.leases().release(one.me.node(), scope, first);
            assertThat(Epochs.timeline(two.claim().epoch())).isEqualTo(answer.timeline());
        } finally {
            sql.sql("update ha_db set timeline = timeline - 3").update();
        }
    }

    @Test
    void old_incarnations_are_forgotten_unless_they_own_something() {
        NodeId gone = new NodeId(UUID.randomUUID());
        one.session.nodes().register(new Node(gone, "s9", "server", 9));
        one.claim();
        String longDead = """
            update ha_node set state = 'DEAD', died_at = clock_timestamp() - interval '2 days',
              heartbeat_at = clock_timestamp() - interval '2 days' where node_id in (:ids)\
            """;
        sql.sql(longDead)
                .param("ids", List.of(gone.value(), one.me.node().value()))
                .update();
        two.session.nodes().forgetOld();
        assertThat(sql.sql("select node_id from ha_node where node_id in (:ids)")
                        .param("ids", List.of(gone.value(), one.me.node().value()))
                        .query(UUID.class)
                        .list())
                .containsExactly(one.me.node().value());
    }

    private LeaseView view(Party party) {
        return Objects.requireNonNull(
                party.session.leases().look(List.of(scope)).get(scope));
    }

    private RenewalDecision.Row row(Renewal renewal) {
        return Objects.requireNonNull(renewal.rows().get(scope));
    }

    private void expire() {
        sql.sql("update ha_lease set expires_at = clock_timestamp() where scope = :scope")
                .param("scope", scope.value())
                .update();
    }

    private List<String> transitions() {
        return sql.sql("select epoch || ' ' || reason from ha_transition where scope = :scope order by epoch")
                .param("scope", scope.value())
                .query(String.class)
                .list();
    }

    private String fenceLock(long epoch) {
        return "select 1 from ha_fence where scope = '" + scope + "' and epoch = " + epoch + " for share";
    }

    private static void lock(Connection connection, String statement) {
        JdbcClient.create(new SingleConnectionDataSource(connection, true))
                .sql(statement)
                .query(row -> {});
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
