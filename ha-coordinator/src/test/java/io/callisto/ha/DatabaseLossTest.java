package io.callisto.ha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.db.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The network between owners and the database is cut, in several ways. */
class DatabaseLossTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration IDLE = Duration.ofMillis(10);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final JdbcClient sql = JdbcClient.create(DB.dataSource());
    private final Scope scope =
            new Scope("agent-manager/" + UUID.randomUUID().toString().substring(0, 8));
    private final TestProxy network = new TestProxy(DB.jdbcUrl());

    @AfterEach
    void closeAll() throws Exception {
        network.goOn();
        for (AutoCloseable next : open) {
            next.close();
        }
        network.close();
    }

    @Test
    void an_owner_that_is_cut_off_stops_before_another_takes_over() {
        List<String> order = new CopyOnWriteArrayList<>();
        TestDuty first = TestDuty.idle();
        TestDuty second = TestDuty.doing(lease -> {
            order.add("second works, first is " + (first.active() ? "active" : "stopped"));
            return 0;
        });
        Candidacy cutOff = coordinator("s1", network.through(DB.jdbcUrl()))
                .register("agent-manager")
                .standFor(scope, IDLE, first);
        Waiting.until(SOON, first::active);
        coordinator("s2", DB.jdbcUrl()).register("agent-manager").standFor(scope, IDLE, second);
        network.stall();
        Waiting.until(SOON, () -> !order.isEmpty());
        assertThat(order.get(0)).isEqualTo("second works, first is stopped");
        assertThat(cutOff.lease()).isEmpty();
        network.goOn();
        Waiting.until(SOON, () -> second.pieces.get() > 20);
        assertThat(first.takeOvers()).isEqualTo(1);
    }

    @Test
    void while_the_database_is_away_nobody_acts_and_afterwards_work_resumes_by_itself() {
        TestDuty duty = TestDuty.idle();
        LeaseCoordinator s1 = coordinator("s1", network.through(DB.jdbcUrl()));
        s1.register("agent-manager").standFor(scope, IDLE, duty);
        Waiting.until(SOON, duty::active);
        long epoch = s1.held().get(0).epoch();
        network.refuse();
        Waiting.until(SOON, () -> !duty.active());
        assertThat(s1.connected()).isFalse();
        network.goOn();
        Waiting.until(SOON, duty::active);
        assertThat(s1.held().get(0).epoch()).isGreaterThan(epoch);
        assertThat(duty.overlapped).isFalse();
    }

    @Test
    void a_lease_connection_that_breaks_once_is_replaced_and_no_ownership_ends() {
        TestDuty duty = TestDuty.idle();
        LeaseCoordinator s1 = coordinator("s1", DB.jdbcUrl());
        s1.register("agent-manager").standFor(scope, IDLE, duty);
        Waiting.until(SOON, duty::active);
        long confirmed = s1.held().get(0).deadlineNanos();
        String end = "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = :name";
        for (int i = 0; i < 3; i++) {
            long before = confirmed;
            assertThat(sql.sql(end)
                            .param("name", "callisto-lease@" + s1.node())
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
            Waiting.until(
                    SOON,
                    () -> s1.held().get(0).deadlineNanos() - before
                            > Duration.ofMillis(400).toNanos());
            confirmed = s1.held().get(0).deadlineNanos();
        }
        assertThat(duty.takeOvers()).isEqualTo(1);
        assertThat(duty.active()).isTrue();
    }

    @Test
    void an_owner_that_freezes_inside_its_transaction_is_taken_over_and_its_commit_fails() throws Exception {
        sql.sql("create table if not exists act (scope text, epoch bigint)").update();
        FencedTransaction frozenTransaction =
                new FencedTransaction(source(network.through(DB.jdbcUrl())), TestLeases.TICKER);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch thaw = new CountDownLatch(1);
        AtomicReference<@Nullable CompletableFuture<Object>> commit = new AtomicReference<>();
        TestDuty first = TestDuty.doing(lease -> {
            if (commit.get() == null) {
                // Its own thread, deaf to interrupts, and a clock that stands still: only the fence is left.
                commit.set(CompletableFuture.supplyAsync(
                        () -> frozenTransaction.run(eternal(lease), jdbc -> {
                            jdbc.sql("insert into act values (:scope, :epoch)")
                                    .param("scope", scope.value())
                                    .param("epoch", lease.epoch())
                                    .update();
                            inside.countDown();
                            await(thaw);
                            return "written";
                        }),
                        work -> new Thread(work).start()));
            }
            return 0;
        });
        coordinator("s1", network.through(DB.jdbcUrl()))
                .register("agent-manager")
                .standFor(scope, IDLE, first);
        Waiting.until(SOON, () -> inside.getCount() == 0);
        TestDuty second = TestDuty.idle();
        coordinator("s2", DB.jdbcUrl()).register("agent-manager").standFor(scope, IDLE, second);
        network.stall();
        Waiting.until(SOON, second::active);
        network.goOn();
        thaw.countDown();
        CompletableFuture<Object> zombie = Objects.requireNonNull(commit.get());
        assertThatThrownBy(() -> zombie.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        assertThat(sql.sql("select count(*) from act where scope = :scope")
                        .param("scope", scope.value())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void closing_while_the_database_is_away_is_bounded() {
        TestDuty duty = TestDuty.idle();
        LeaseCoordinator s1 = coordinator("s1", network.through(DB.jdbcUrl()));
        s1.register("agent-manager").standFor(scope, IDLE, duty);
        Waiting.until(SOON, duty::active);
        network.stall();
        long start = System.nanoTime();
        s1.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
        assertThat(duty.active()).isFalse();
    }

    private LeaseCoordinator coordinator(String server, String url) {
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
                        Duration.ofSeconds(3)),
                System::nanoTime,
                Clock.systemUTC(),
                UUID::randomUUID);
        open.add(0, coordinator);
        return coordinator;
    }

    private static PGSimpleDataSource source(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(DB.user());
        source.setPassword(DB.password());
        return source;
    }

    private static Lease eternal(Lease lease) {
        return new Lease(lease.scope(), lease.epoch(), lease.owner(), Long.MAX_VALUE);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody let it go on");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
