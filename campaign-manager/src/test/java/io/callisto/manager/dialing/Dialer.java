package io.callisto.manager.dialing;

import io.callisto.domain.TimeOrderedIds;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import io.callisto.ha.TestLeases;
import io.callisto.manager.gateway.CallGateway;
import io.callisto.outbox.JdbcOutboxStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A server's dialer in the test's hand: one duty, stepped by the test, on a monotonic clock that the test moves. */
final class Dialer {
    private static final int MANY = 600;

    private final TestJob job;
    private final AtomicLong nanos;
    private final List<FakeGateway> gateways;
    private final DialerParts parts;
    private DialingDuty duty;
    private Lease lease;
    private int lastDone;
    private boolean stepped;

    private Dialer(DataSource dataSource, TestJob job, AtomicLong nanos, FakeRules rules, List<FakeGateway> gateways) {
        this.job = job;
        this.nanos = nanos;
        this.gateways = gateways;
        TimeOrderedIds ids = new TimeOrderedIds(Clock.systemUTC(), new Random());
        this.parts = new DialerParts(
                new FencedTransaction(dataSource, TestLeases.TICKER),
                new JdbcDialingStore(dataSource),
                new JdbcAttemptStore(dataSource),
                new AttemptJournal(new JdbcOutboxStore(), ids),
                rules,
                List.<CallGateway>copyOf(gateways),
                QueueMirror.NONE,
                Runnable::run,
                nanos::get,
                ids,
                new DialingMetrics(new SimpleMeterRegistry()),
                DialingProperties.DEFAULTS);
        this.duty = new DialingDuty(parts, job.id, job.zone);
        this.lease = new TestLeases(dataSource).takeOver(job.scope());
    }

    /** Claims the job's scope and takes over. */
    static Dialer takeOver(
            DataSource dataSource, TestJob job, AtomicLong nanos, FakeRules rules, FakeGateway... gateways) {
        Dialer dialer = new Dialer(dataSource, job, nanos, rules, List.of(gateways));
        dialer.duty.takeOver(dialer.lease);
        return dialer;
    }

    Lease lease() {
        return lease;
    }

    /** What the first work of the tenure was; null until it is done. */
    @Nullable
    String firstWork() {
        return stepped && duty.firstWorkDone(lastDone) ? duty.firstWork() : null;
    }

    /** What the coordinator does after an exception other than Fenced. */
    void restart() {
        duty.close();
        duty = new DialingDuty(parts, job.id, job.zone);
        duty.takeOver(lease);
    }

    /** One round of the duty's loop; calls stand still. */
    void step() {
        nanos.addAndGet(Duration.ofMillis(60).toNanos());
        gateways.forEach(FakeGateway::beat);
        lastDone = duty.doWork(lease);
        stepped = true;
    }

    void steps(int rounds) {
        for (int i = 0; i < rounds; i++) {
            step();
        }
    }

    /** Rounds in which calls go on, until the condition holds. */
    void run(BooleanSupplier until) {
        for (int i = 0; i < MANY; i++) {
            if (until.getAsBoolean()) {
                return;
            }
            step();
            gateways.forEach(FakeGateway::advance);
        }
        throw new AssertionError("not reached within " + MANY + " rounds");
    }

    /** Lets monotonic time pass without the duty seeing it. */
    void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }
}
