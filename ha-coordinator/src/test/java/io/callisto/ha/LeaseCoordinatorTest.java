package io.callisto.ha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class LeaseCoordinatorTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofMillis(20);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final JdbcClient sql = JdbcClient.create(DB.dataSource());
    private final Scope scope =
            new Scope("director/" + UUID.randomUUID().toString().substring(0, 8));

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable next : open) {
            next.close();
        }
    }

    @Test
    void a_service_gets_its_scope_works_and_hands_it_back() {
        TestDuty duty = TestDuty.idle();
        LeaseCoordinator s1 = coordinator("s1");
        ServiceHandle handle = s1.register("campaign-director");
        Candidacy candidacy = handle.standFor(scope, IDLE, duty);
        Waiting.until(SOON, () -> duty.pieces.get() > 3);
        Lease lease = candidacy.lease().orElseThrow();
        assertThat(s1.held()).extracting(Lease::epoch).containsExactly(lease.epoch());
        assertThat(lease.owner()).isEqualTo(s1.node());
        candidacy.close();
        assertThat(duty.happened).containsExactly("takeOver " + lease.epoch(), "close " + lease.epoch());
        assertThat(candidacy.lease()).isEmpty();
        assertThat(leaseState()).isEqualTo("RELEASED");
        // Closed means closed: it may stand again.
        TestDuty again = TestDuty.idle();
        handle.standFor(scope, IDLE, again);
        Waiting.until(SOON, again::active);
    }

    @Test
    @Requirement("CD-1")
    void a_graceful_stop_hands_over_in_less_than_a_second() {
        TestDuty first = TestDuty.idle();
        TestDuty second = TestDuty.idle();
        LeaseCoordinator s1 = coordinator("s1");
        s1.register("campaign-director").standFor(scope, IDLE, first);
        Waiting.until(SOON, first::active);
        LeaseCoordinator s2 = coordinator("s2");
        s2.register("campaign-director").standFor(scope, IDLE, second);
        Waiting.until(SOON, s2::connected);
        long start = System.nanoTime();
        s1.close();
        Waiting.until(SOON, second::active);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        assertThat(first.active()).isFalse();
        assertThat(nodeState(s1)).isEqualTo("STOPPED");
        assertThat(lastReason()).isEqualTo("RELEASED");
    }

    @Test
    void an_owner_that_is_gone_without_a_word_is_succeeded_when_its_lease_expires() {
        new TestLeases(DB.dataSource()).claim(scope);
        TestDuty duty = TestDuty.idle();
        coordinator("s1").register("campaign-director").standFor(scope, IDLE, duty);
        sql.sql("update ha_lease set expires_at = clock_timestamp() + interval '700 ms' where scope = :scope")
                .param("scope", scope.value())
                .update();
        Waiting.until(SOON, duty::active);
        assertThat(lastReason()).isEqualTo("EXPIRED");
    }

    @Test
    void a_death_certificate_lets_the_others_take_over_at_once() {
        TestLeases dead = new TestLeases(DB.dataSource());
        dead.claim(scope);
        sql.sql("update ha_node set pid = 815 where node_id = :node")
                .param("node", dead.node().value())
                .update();
        TestDuty duty = TestDuty.idle();
        LeaseCoordinator s1 = coordinator("s1");
        s1.register("campaign-director").standFor(scope, IDLE, duty);
        Waiting.until(SOON, s1::connected);
        assertThat(duty.active()).isFalse();
        long start = System.nanoTime();
        new JdbcDeathCertificateStore(DB.dataSource()).certify("s-test", "test", 815, "supervisor of s-test");
        Waiting.until(SOON, duty::active);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        assertThat(lastReason()).isEqualTo("DEATH_CERTIFICATE");
    }

    @Test
    void a_node_that_is_declared_dead_while_it_lives_stops_and_starts_anew() {
        TestDuty duty = TestDuty.idle();
        LeaseCoordinator s1 = coordinator("s1");
        s1.register("campaign-director").standFor(scope, IDLE, duty);
        Waiting.until(SOON, duty::active);
        long epoch = s1.held().get(0).epoch();
        new JdbcDeathCertificateStore(DB.dataSource()).certify("s1", "server", 77, "a liar");
        Waiting.until(SOON, () -> duty.happened.contains("close " + epoch));
        Waiting.until(SOON, () -> duty.takeOvers() == 2 && duty.active());
        assertThat(s1.held().get(0).epoch()).isGreaterThan(epoch);
        assertThat(nodeState(s1)).isEqualTo("RUNNING");
        assertThat(duty.overlapped).isFalse();
    }

    @Test
    void a_duty_that_fails_is_replaced_under_the_same_lease() {
        AtomicReference<RuntimeException> failure = new AtomicReference<>(new IllegalStateException("on purpose"));
        TestDuty duty = TestDuty.doing(lease -> {
            RuntimeException e = failure.getAndSet(null);
            if (e != null) {
                throw e;
            }
            return 0;
        });
        LeaseCoordinator s1 = coordinator("s1");
        s1.register("campaign-director").standFor(scope, IDLE, duty);
        Waiting.until(SOON, () -> duty.takeOvers() == 2 && duty.pieces.get() > 2);
        long epoch = s1.held().get(0).epoch();
        assertThat(duty.happened).containsExactly("takeOver " + epoch, "close " + epoch, "takeOver " + epoch);
    }

    @Test
    void a_fenced_duty_ends_its_ownership_and_the_next_one_has_another_epoch() {
        AtomicReference<Boolean> fence = new AtomicReference<>(true);
        TestDuty duty = TestDuty.doing(lease -> {
            if (fence.getAndSet(false)) {
                throw new IllegalStateException("wrapped by a library", new Fenced(lease, "on purpose"));
            }
            return 0;
        });
        LeaseCoordinator s1 = coordinator("s1");
        s1.register("campaign-director").standFor(scope, IDLE, duty);
        Waiting.until(SOON, () -> duty.takeOvers() == 2);
        Lease lease = s1.held().get(0);
        assertThat(duty.happened)
                .containsExactly(
                        "takeOver " + (lease.epoch() - 1), "close " + (lease.epoch() - 1), "takeOver " + lease.epoch());
    }

    @Test
    void a_lease_that_another_node_took_stops_the_duty_even_in_the_middle_of_its_work() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        TestDuty duty = TestDuty.doing(lease -> {
            inside.countDown();
            return never.await(1, TimeUnit.MINUTES) ? 1 : 0;
        });
        LeaseCoordinator s1 = coordinator("s1");
        Candidacy candidacy = s1.register("campaign-director").standFor(scope, IDLE, duty);
        Waiting.until(SOON, () -> inside.getCount() == 0);
        Lease thief = new TestLeases(DB.dataSource()).takeOver(scope);
        Waiting.until(SOON, () -> !duty.active());
        assertThat(candidacy.lease()).isEmpty();
        assertThat(owner()).isEqualTo(thief.owner().value());
    }

    @Test
    void a_wake_up_ends_the_waiting_of_a_duty() {
        TestDuty duty = TestDuty.idle();
        Candidacy candidacy =
                coordinator("s1").register("campaign-director").standFor(scope, Duration.ofMinutes(1), duty);
        Waiting.until(SOON, () -> duty.pieces.get() == 1);
        candidacy.wakeUp();
        Waiting.until(SOON, () -> duty.pieces.get() == 2);
    }

    @Test
    void a_hand_over_waits_for_the_piece_of_work_but_not_for_ever() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        TestDuty slow = TestDuty.doing(lease -> release.await(1, TimeUnit.MINUTES) ? 1 : 0);
        LeaseCoordinator s1 = coordinator("s1", DB.jdbcUrl(), Duration.ofMillis(300));
        Candidacy patient = s1.register("campaign-director").standFor(scope, IDLE, slow);
        Waiting.until(SOON, () -> slow.pieces.get() == 1);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(patient::close);
        closing.get(5, TimeUnit.SECONDS);
        assertThat(slow.active()).isFalse();
        assertThat(leaseState()).isEqualTo("RELEASED");
    }

    @Test
    void a_duty_may_give_up_its_own_scope() {
        AtomicReference<Candidacy> self = new AtomicReference<>();
        TestDuty duty = TestDuty.doing(lease -> {
            Candidacy candidacy = self.get();
            if (candidacy != null) {
                candidacy.close();
            }
            return 0;
        });
        ServiceHandle handle = coordinator("s1").register("campaign-manager");
        self.set(handle.standFor(scope, IDLE, duty));
        Waiting.until(SOON, () -> duty.takeOvers() == 1 && !duty.active() && "RELEASED".equals(leaseState()));
        assertThat(duty.happened).hasSize(2);
    }

    @Test
    void a_service_and_a_scope_are_taken_once_per_jvm() {
        LeaseCoordinator s1 = coordinator("s1");
        ServiceHandle handle = s1.register("rule-engine");
        assertThatThrownBy(() -> s1.register("rule-engine")).isInstanceOf(IllegalStateException.class);
        handle.standFor(scope, IDLE, TestDuty.idle());
        assertThatThrownBy(() -> handle.standFor(scope, IDLE, TestDuty.idle()))
                .isInstanceOf(IllegalStateException.class);
        handle.close();
        assertThatThrownBy(() -> handle.standFor(scope, IDLE, TestDuty.idle()))
                .isInstanceOf(IllegalStateException.class);
        s1.register("rule-engine").standFor(scope, IDLE, TestDuty.idle());
    }

    @Test
    void notifications_reach_their_listeners_and_the_first_is_empty() {
        ServiceHandle handle = coordinator("s1").register("campaign-manager");
        List<String> heard = new CopyOnWriteArrayList<>();
        handle.onNotify("callisto_command", heard::add);
        Waiting.until(SOON, () -> heard.contains(""));
        sql.sql("insert into command (scope, kind, requested_by) values (:scope, 'PAUSE', 'test')")
                .param("scope", scope.value())
                .update();
        Waiting.until(SOON, () -> heard.contains(scope.value()));
        assertThatThrownBy(() -> handle.onNotify("x; drop table ha_lease", heard::add))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_directory_knows_owners_and_endpoints_and_forgets_those_that_stop() {
        LeaseCoordinator s1 = coordinator("s1");
        LeaseCoordinator s2 = coordinator("s2");
        ServiceHandle engine = s1.register("rule-engine");
        engine.publish(Map.of("rule-engine", "127.0.0.1:7001"));
        TestDuty duty = TestDuty.idle();
        engine.standFor(scope, IDLE, duty);
        s2.register("rule-engine").publish(Map.of("rule-engine", "127.0.0.1:7002"));
        for (LeaseCoordinator asked : List.of(s1, s2)) {
            Waiting.until(SOON, () -> asked.directory().all("rule-engine").size() == 2);
            Waiting.until(
                    SOON,
                    () -> asked.directory()
                            .ownerOf(scope, "rule-engine")
                            .filter(new ServiceDirectory.Endpoint("s1", s1.node(), "127.0.0.1:7001")::equals)
                            .isPresent());
        }
        assertThat(s2.directory().ownerOf(scope, "other")).isEmpty();
        assertThat(s2.directory().ownerOf(new Scope("cache"), "rule-engine")).isEmpty();
        s1.close();
        Waiting.until(SOON, () -> s2.directory().ownerOf(scope, "rule-engine").isEmpty());
        assertThat(s2.directory().all("rule-engine"))
                .extracting(ServiceDirectory.Endpoint::address)
                .containsExactly("127.0.0.1:7002");
    }

    @Test
    void a_start_without_database_waits_and_goes_on_by_itself() throws Exception {
        TestProxy network = new TestProxy(DB.jdbcUrl());
        open.add(network);
        network.refuse();
        LeaseCoordinator s1 = coordinator("s1", network.through(DB.jdbcUrl()), Duration.ofSeconds(5));
        TestDuty duty = TestDuty.idle();
        s1.register("campaign-director").standFor(scope, IDLE, duty);
        assertThat(s1.connected()).isFalse();
        network.goOn();
        Waiting.until(SOON, duty::active);
    }

    private LeaseCoordinator coordinator(String server) {
        return coordinator(server, DB.jdbcUrl(), Duration.ofSeconds(5));
    }

    private LeaseCoordinator coordinator(String server, String url, Duration handOver) {
        LeaseCoordinator coordinator = LeaseCoordinator.start(
                new CoordinatorSettings(
                        server,
                        "server",
                        77,
                        new DatabaseAddress(url, DB.user(), DB.password()),
                        "",
                        "/callisto",
                        TimingProfile.SMALL,
                        Duration.ofSeconds(1),
                        handOver),
                System::nanoTime,
                Clock.systemUTC(),
                UUID::randomUUID);
        open.add(0, coordinator);
        return coordinator;
    }

    private String leaseState() {
        return one("select state from ha_lease where scope = :scope", String.class);
    }

    private UUID owner() {
        return one("select owner from ha_lease where scope = :scope", UUID.class);
    }

    private String lastReason() {
        return one("select reason from ha_transition where scope = :scope order by epoch desc limit 1", String.class);
    }

    private <T> T one(String query, Class<T> type) {
        return sql.sql(query).param("scope", scope.value()).query(type).single();
    }

    private String nodeState(LeaseCoordinator coordinator) {
        return sql.sql("select state from ha_node where node_id = :node")
                .param("node", coordinator.node().value())
                .query(String.class)
                .single();
    }
}
