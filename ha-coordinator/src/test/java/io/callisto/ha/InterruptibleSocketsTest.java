package io.callisto.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A plain socket would keep every thread here for {@link #ANSWER_SECONDS}. */
class InterruptibleSocketsTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final int ANSWER_SECONDS = 60;
    private static final TimingProfile QUICK = new TimingProfile(
            "test",
            Duration.ofMillis(700),
            Duration.ofMillis(100),
            Duration.ofMillis(150),
            Duration.ofMillis(300),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2));

    private final Scope scope = new Scope("agent-manager/9");

    @Test
    void an_interrupt_ends_a_statement_whose_answer_does_not_come() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<SQLException> broken = new CompletableFuture<>();
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try (Connection connection = source(DB.jdbcUrl()).getConnection();
                    Statement statement = connection.createStatement()) {
                running.countDown();
                try {
                    statement.execute("select pg_sleep(" + ANSWER_SECONDS + ")");
                } catch (SQLException e) {
                    broken.complete(e);
                    closed.complete(connection.isClosed());
                }
            } catch (SQLException e) {
                broken.completeExceptionally(e);
            }
        });
        thread.start();
        assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
        Waiting.until(Duration.ofSeconds(10), InterruptibleSocketsTest::sleeping);
        thread.interrupt();
        assertThat(broken.get(5, TimeUnit.SECONDS).getSQLState()).startsWith("08");
        assertThat(closed.get(5, TimeUnit.SECONDS)).isTrue();
        thread.join(5_000);
    }

    @Test
    @Requirement("AM-11")
    void the_duty_of_an_owner_that_is_cut_off_in_the_midst_of_its_sql_ends_with_its_tenure() throws Exception {
        try (TestProxy network = new TestProxy(DB.jdbcUrl())) {
            CountDownLatch closed = new CountDownLatch(1);
            FencedTransaction transaction =
                    new FencedTransaction(source(network.through(DB.jdbcUrl())), TestLeases.TICKER);
            LeaseCoordinator coordinator = coordinator(network);
            try {
                coordinator.register("agent-manager").standFor(scope, Duration.ofMillis(20), (lease, wakeUp) -> {
                    return new Cut(transaction, network, closed);
                });
                assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
                Waiting.until(Duration.ofSeconds(2), InterruptibleSocketsTest::roleThreadGone);
            } finally {
                network.goOn();
                coordinator.close();
            }
        }
    }

    private LeaseCoordinator coordinator(TestProxy network) {
        return LeaseCoordinator.start(
                new CoordinatorSettings(
                        "s1",
                        "server",
                        77,
                        new DatabaseAddress(network.through(DB.jdbcUrl()), DB.user(), DB.password()),
                        "",
                        "/callisto",
                        QUICK,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1)),
                System::nanoTime,
                Clock.systemUTC(),
                UUID::randomUUID);
    }

    private static PGSimpleDataSource source(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(DB.user());
        source.setPassword(DB.password());
        source.setSocketTimeout(ANSWER_SECONDS);
        source.setSocketFactory(InterruptibleSockets.class.getName());
        return source;
    }

    private static boolean sleeping() {
        return JdbcClient.create(DB.dataSource())
                        .sql("select count(*) from pg_stat_activity"
                                + " where wait_event = 'PgSleep' and pid <> pg_backend_pid()")
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private static boolean roleThreadGone() {
        return Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("role-agent-manager/9"));
    }

    /** Its first piece of work loses the network between two statements of a transaction. */
    private record Cut(FencedTransaction transaction, TestProxy network, CountDownLatch closed) implements RoleDuty {
        @Override
        public void takeOver(Lease lease) {}

        @Override
        public int doWork(Lease lease) {
            return transaction.run(lease, jdbc -> {
                network.stall();
                return jdbc.sql("select 1").query(Integer.class).single();
            });
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
