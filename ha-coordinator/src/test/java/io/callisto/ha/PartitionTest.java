package io.callisto.ha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/**
 * Three nodes stand for one scope while their networks stall at random; every owner leaves a zombie behind that goes on
 * writing under its old lease with a clock that stands still. What the database accepted must be ordered by epoch.
 */
class PartitionTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final TimingProfile QUICK = new TimingProfile(
            "test",
            Duration.ofMillis(700),
            Duration.ofMillis(100),
            Duration.ofMillis(150),
            Duration.ofMillis(300),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2));
    private static final int CUTS = 12;

    private final Scope scope = new Scope("agent-manager/0");
    private final JdbcClient sql = JdbcClient.create(DB.dataSource());
    private final AtomicInteger refused = new AtomicInteger();
    private final Queue<Thread> zombies = new ConcurrentLinkedQueue<>();
    private volatile boolean over;
    private volatile boolean fenced = true;
    private boolean lying;

    @BeforeEach
    void tables() {
        sql.sql("drop table if exists act, counter").update();
        sql.sql("create table act (n bigint primary key, epoch bigint not null)")
                .update();
        sql.sql("create table counter (n bigint not null)").update();
        sql.sql("insert into counter values (0)").update();
    }

    @Test
    @Requirement({"AM-11", "RE-4"})
    void accepted_writes_are_ordered_by_epoch_whatever_the_networks_do() throws Exception {
        long seed = Long.getLong("seed", 20261122);
        List<Long> epochs = run(seed, CUTS);
        assertThat(epochs).as("seed " + seed).isSorted();
        assertThat(epochs.stream().distinct().count()).as("takeovers").isGreaterThan(3);
        assertThat(refused).as("refused zombies").hasPositiveValue();
        assertThat(sql.sql("select count(*) from ha_transition where epoch in (select epoch from act)")
                        .query(Long.class)
                        .single())
                .isEqualTo(epochs.stream().distinct().count());
    }

    @Test
    @Requirement("AM-11")
    void wrong_death_certificates_cost_failovers_but_never_the_order_of_writes() throws Exception {
        lying = true;
        List<Long> epochs = run(7, 6);
        assertThat(epochs).isSorted();
        assertThat(sql.sql("select count(*) from ha_transition where reason = 'DEATH_CERTIFICATE'")
                        .query(Long.class)
                        .single())
                .as("takeovers from owners that were alive")
                .isPositive();
        assertThat(refused).as("refused zombies").hasPositiveValue();
    }

    @Test
    void without_the_fence_this_test_would_notice() throws Exception {
        fenced = false;
        assertThatThrownBy(() -> assertThat(run(1, 4)).isSorted()).isInstanceOf(AssertionError.class);
    }

    /** Answers the epochs of the accepted writes in the order of their commits. */
    private List<Long> run(long seed, int cuts) throws Exception {
        Random random = new Random(seed);
        List<TestProxy> networks = new ArrayList<>();
        List<LeaseCoordinator> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                TestProxy network = new TestProxy(DB.jdbcUrl());
                networks.add(network);
                nodes.add(node("s" + (i + 1), network));
            }
            for (int cut = 0; cut < cuts; cut++) {
                awaitProgress();
                if (lying) {
                    certifyOwner();
                    awaitProgress();
                }
                TestProxy victim = ownersNetwork(nodes, networks, random);
                victim.stall();
                pause(300 + random.nextInt(900));
                victim.goOn();
            }
            awaitProgress();
        } finally {
            over = true;
            networks.forEach(TestProxy::goOn);
            nodes.forEach(LeaseCoordinator::close);
            for (Thread zombie : zombies) {
                zombie.join(10_000);
            }
            for (TestProxy network : networks) {
                network.close();
            }
        }
        return sql.sql("select epoch from act order by n").query(Long.class).list();
    }

    private void certifyOwner() {
        sql.sql("""
            update ha_node n set state = 'DEAD', died_at = clock_timestamp(), certified_by = 'a liar'
            from ha_lease l where l.owner = n.node_id and l.scope = :scope\
            """).param("scope", scope.value()).update();
        sql.sql("select pg_notify('callisto_lease', '')").query(row -> {});
    }

    private void awaitProgress() {
        long acts = acts();
        Waiting.until(Duration.ofSeconds(20), () -> acts() > acts + 3);
    }

    private LeaseCoordinator node(String server, TestProxy network) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(network.through(DB.jdbcUrl()));
        source.setUser(DB.user());
        source.setPassword(DB.password());
        source.setSocketTimeout(5);
        FencedTransaction transaction = new FencedTransaction(source, TestLeases.TICKER);
        LeaseCoordinator coordinator = LeaseCoordinator.start(
                new CoordinatorSettings(
                        server,
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
        coordinator.register("agent-manager").standFor(scope, Duration.ofMillis(20), (claimed, wakeUp) -> {
            Thread zombie = new Thread(() -> haunt(transaction, claimed), "zombie-" + claimed.epoch());
            zombie.setDaemon(true);
            zombies.add(zombie);
            zombie.start();
            return new WritingDuty(transaction);
        });
        return coordinator;
    }

    /** Writes under its lease until it is refused; neither a deadline nor an interrupt reaches it. */
    private void haunt(FencedTransaction transaction, Lease lease) {
        while (!over) {
            try {
                write(transaction, lease);
                pause(20);
            } catch (Fenced e) {
                refused.incrementAndGet();
                return;
            } catch (DataAccessException | TransactionException e) {
                // Cut off, or ended by a takeover: tries again like a bad citizen.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void write(FencedTransaction transaction, Lease lease) {
        if (!fenced) {
            act(sql, lease);
            return;
        }
        Lease eternal = new Lease(lease.scope(), lease.epoch(), lease.owner(), Long.MAX_VALUE);
        transaction.run(eternal, jdbc -> act(jdbc, lease));
    }

    private static int act(JdbcClient jdbc, Lease lease) {
        // The counter's row lock is held until the end, so n is the order of the commits.
        return jdbc.sql("""
            with next as (update counter set n = n + 1 returning n)
            insert into act select n, :epoch from next\
            """).param("epoch", lease.epoch()).update();
    }

    private static void pause(int millis) throws InterruptedException {
        // How long a network is cut is an input of this test, not something to wait for.
        if (new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("nobody counts down");
        }
    }

    private long acts() {
        return sql.sql("select count(*) from act").query(Long.class).single();
    }

    private static TestProxy ownersNetwork(List<LeaseCoordinator> nodes, List<TestProxy> networks, Random random) {
        for (int i = 0; i < nodes.size(); i++) {
            if (!nodes.get(i).held().isEmpty() && random.nextInt(5) > 0) {
                return networks.get(i);
            }
        }
        return networks.get(random.nextInt(networks.size()));
    }

    private final class WritingDuty implements RoleDuty {
        private final FencedTransaction transaction;

        WritingDuty(FencedTransaction transaction) {
            this.transaction = transaction;
        }

        @Override
        public void takeOver(Lease lease) {
            write(transaction, lease);
        }

        @Override
        public int doWork(Lease lease) {
            write(transaction, lease);
            return 0;
        }

        @Override
        public void close() {}
    }
}
