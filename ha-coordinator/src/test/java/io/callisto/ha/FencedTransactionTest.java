package io.callisto.ha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

@Requirement("AM-11")
class FencedTransactionTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private final TestLeases leases = new TestLeases(DB.dataSource());
    private final FencedTransaction transaction = new FencedTransaction(DB.dataSource(), TestLeases.TICKER);
    private final Scope scope =
            new Scope("agent-manager/" + UUID.randomUUID().toString().substring(0, 8));

    @BeforeAll
    static void table() {
        JdbcClient.create(DB.dataSource())
                .sql("create table act (scope text, epoch bigint)")
                .update();
    }

    @Test
    void the_owner_writes() {
        Lease lease = leases.claim(scope);
        int written = transaction.run(lease, jdbc -> act(jdbc, lease));
        assertThat(written).isEqualTo(1);
        assertThat(acts()).isEqualTo(1);
    }

    @Test
    void a_former_owner_is_refused_and_writes_nothing() {
        Lease old = leases.claim(scope);
        Lease next = leases.takeOver(scope);
        assertThat(next.epoch()).isGreaterThan(old.epoch());
        assertThatThrownBy(() -> transaction.run(old, jdbc -> act(jdbc, old))).isInstanceOf(Fenced.class);
        assertThat(acts()).isZero();
        transaction.run(next, jdbc -> act(jdbc, next));
        assertThat(acts()).isEqualTo(1);
    }

    @Test
    void a_takeover_waits_for_a_transaction_that_is_open() throws Exception {
        Lease old = leases.claim(scope);
        CountDownLatch open = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Void> work = CompletableFuture.runAsync(() -> transaction.run(old, jdbc -> {
            act(jdbc, old);
            open.countDown();
            awaitQuietly(goOn);
            return true;
        }));
        assertThat(open.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Lease> takeover = CompletableFuture.supplyAsync(() -> leases.takeOver(scope));
        Waiting.until(Duration.ofSeconds(10), () -> somebodyWaitsForALock());
        assertThat(takeover).isNotDone();
        goOn.countDown();
        work.get(10, TimeUnit.SECONDS);
        Lease next = takeover.get(10, TimeUnit.SECONDS);
        // What the old epoch committed is there before the new one can read: nothing of it can come later.
        assertThat(acts()).isEqualTo(1);
        assertThatThrownBy(() -> transaction.run(old, jdbc -> act(jdbc, old))).isInstanceOf(Fenced.class);
        assertThat(next.epoch()).isGreaterThan(old.epoch());
    }

    @Test
    void an_owner_past_its_deadline_is_refused_before_and_after_the_work() {
        Lease claimed = leases.claim(scope);
        AtomicLong now = new AtomicLong();
        Lease lease = new Lease(scope, claimed.epoch(), claimed.owner(), 100);
        FencedTransaction timed = new FencedTransaction(DB.dataSource(), now::get);
        assertThatThrownBy(() -> timed.run(lease, jdbc -> {
                    act(jdbc, lease);
                    now.set(100);
                    return true;
                }))
                .isInstanceOf(Fenced.class)
                .hasMessageContaining("deadline");
        assertThatThrownBy(() -> timed.run(lease, jdbc -> act(jdbc, lease))).isInstanceOf(Fenced.class);
        assertThat(acts()).isZero();
    }

    @Test
    void another_node_with_the_right_epoch_is_refused() {
        Lease lease = leases.claim(scope);
        Lease forged = new Lease(scope, lease.epoch(), new NodeId(UUID.randomUUID()), lease.deadlineNanos());
        assertThatThrownBy(() -> transaction.run(forged, jdbc -> act(jdbc, forged)))
                .isInstanceOf(Fenced.class);
    }

    @Test
    void while_effects_are_recorded_each_transaction_leaves_a_row_and_each_refusal_too() {
        Lease lease = leases.claim(scope);
        transaction.run(lease, jdbc -> act(jdbc, lease));
        assertThat(history("ha_effect")).as("switched off").isEmpty();
        record(true);
        try {
            transaction.run(lease, jdbc -> act(jdbc, lease));
            assertThatThrownBy(() -> transaction.run(lease, jdbc -> {
                        throw new IllegalStateException("on purpose");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(history("ha_effect")).as("only what was committed").containsExactly(lease.epoch());
            Lease next = leases.takeOver(scope);
            assertThatThrownBy(() -> transaction.run(lease, jdbc -> act(jdbc, lease)))
                    .isInstanceOf(Fenced.class);
            transaction.run(next, jdbc -> act(jdbc, next));
            assertThat(history("ha_effect")).containsExactly(lease.epoch(), next.epoch());
            assertThat(history("ha_refusal")).containsExactly(lease.epoch());
        } finally {
            record(false);
        }
        assertThatThrownBy(() -> transaction.run(lease, jdbc -> act(jdbc, lease)))
                .isInstanceOf(Fenced.class);
        assertThat(history("ha_refusal")).as("switched off").hasSize(1);
    }

    private void record(boolean on) {
        JdbcClient.create(DB.dataSource())
                .sql("update ha_db set record_effects = :on")
                .param("on", on)
                .update();
    }

    private List<Long> history(String table) {
        return JdbcClient.create(DB.dataSource())
                .sql("select epoch from " + table + " where scope = :scope order by 1")
                .param("scope", scope.value())
                .query(Long.class)
                .list();
    }

    private int act(JdbcClient jdbc, Lease lease) {
        return jdbc.sql("insert into act values (:scope, :epoch)")
                .param("scope", scope.value())
                .param("epoch", lease.epoch())
                .update();
    }

    private int acts() {
        return JdbcClient.create(DB.dataSource())
                .sql("select count(*) from act where scope = :scope")
                .param("scope", scope.value())
                .query(Integer.class)
                .single();
    }

    private boolean somebodyWaitsForALock() {
        String waiting = """
            select exists (select from pg_stat_activity
              where datname = current_database() and wait_event_type = 'Lock')\
            """;
        return JdbcClient.create(DB.dataSource())
                .sql(waiting)
                .query(Boolean.class)
                .single();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody let it go on");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
