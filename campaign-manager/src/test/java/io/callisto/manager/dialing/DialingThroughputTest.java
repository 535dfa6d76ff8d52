package io.callisto.manager.dialing;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import io.callisto.domain.TimeOrderedIds;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import io.callisto.ha.TestLeases;
import io.callisto.outbox.JdbcOutboxStore;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pace of the dial path alone, on a real database; the whole way is measured by {@code ./callisto bench dialing}.
 */
class DialingThroughputTest {
    private static final Logger log = LoggerFactory.getLogger(DialingThroughputTest.class);
    private static final int CONTACTS = Integer.getInteger("dialing.contacts", 4_000);

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @Test
    void three_hundred_attempts_a_second_are_dialed_to_their_end() throws InterruptedException {
        String strategy = """
                {"call": {"ringTimeout": "PT10S", "callsPerSecond": 10000, "maxCalls": 20000, "maxAttempts": 3,
                 "minGap": "PT0S", "window": {"start": "00:00", "end": "24:00"}, "retries": []}}""";
        TestJob job = TestJob.running(DB.dataSource(), strategy, CONTACTS);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ExecutorService threads = Executors.newCachedThreadPool();
        TimeOrderedIds ids = new TimeOrderedIds(Clock.systemUTC(), new Random());
        Lease lease = new TestLeases(DB.dataSource()).claim(job.scope());
        try (ThreadedGateway gateway = new ThreadedGateway()) {
            DialerParts parts = new DialerParts(
                    new FencedTransaction(DB.dataSource(), TestLeases.TICKER),
                    new JdbcDialingStore(DB.dataSource()),
                    new JdbcAttemptStore(DB.dataSource()),
                    new AttemptJournal(new JdbcOutboxStore(), ids),
                    new FakeRules(),
                    List.of(gateway),
                    QueueMirror.NONE,
                    threads,
                    System::nanoTime,
                    ids,
                    new DialingMetrics(meters),
                    DialingProperties.DEFAULTS);
            double seconds = dial(new DialingDuty(parts, job.id, job.zone), lease, job);
            double perSecond = CONTACTS / seconds;
            for (Timer timer : meters.find("callisto.dialing.step").timers()) {
                log.atInfo()
                        .addKeyValue("step", timer.getId().getTag("step"))
                        .addKeyValue("batches", timer.count())
                        .addKeyValue("seconds", timer.totalTime(TimeUnit.SECONDS))
                        .log("time of a step");
            }
            log.atInfo().addKeyValue("attemptsPerSecond", perSecond).log("dialed");
            assertThat(job.contacts("COMPLETED")).isEqualTo(CONTACTS);
            assertThat(perSecond).isGreaterThan(300);
        } finally {
            threads.shutdownNow();
        }
        Invariants.check(job, List.of());
    }

    private static double dial(DialingDuty duty, Lease lease, TestJob job) {
        long start = System.nanoTime();
        duty.takeOver(lease);
        long looked = start;
        while (System.nanoTime() - start < Duration.ofSeconds(100).toNanos()) {
            if (duty.doWork(lease) == 0) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            if (System.nanoTime() - looked > Duration.ofMillis(250).toNanos()) {
                looked = System.nanoTime();
                if (job.finished()) {
                    break;
                }
            }
        }
        duty.close();
        return (System.nanoTime() - start) / 1e9;
    }
}
