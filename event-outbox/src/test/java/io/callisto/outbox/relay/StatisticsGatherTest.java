package io.callisto.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.event.contract.EventType;
import io.callisto.ha.Lease;
import io.callisto.outbox.OutboxEvent;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Statistics wait for others of theirs; nothing else waits for them. */
class StatisticsGatherTest {
    private static final String STATISTICS = "POM.Default.JOBSTATISTICS";
    private static final String ATTEMPTS = "POM.Default.ATTEMPT";

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private final RelayBench bench = new RelayBench(DB.dataSource());
    private Lease lease;
    private OutboxRelayDuty duty;

    @BeforeEach
    void open() {
        bench.statisticsGather = Duration.ofSeconds(1);
        lease = bench.claim();
        duty = bench.duty();
        duty.takeOver(lease);
        workUntilIdle(); // the first read takes statistics along: how long they have waited is not known
    }

    @AfterEach
    void close() {
        duty.close();
    }

    @Test
    @Requirement("EV-10")
    void statistics_of_a_second_share_a_transaction_and_hold_nothing_up() {
        bench.write(List.of(statistics(1)));
        bench.write(TestEvents.attempts(1, 1));
        pass(Duration.ofMillis(400));
        workUntilIdle();
        bench.write(List.of(statistics(2)));
        pass(Duration.ofMillis(400));
        workUntilIdle();

        assertThat(bench.published(ATTEMPTS)).hasSize(1);
        assertThat(bench.published(STATISTICS)).isEmpty();
        assertThat(bench.waiting()).isEqualTo(2);

        pass(Duration.ofMillis(200));
        workUntilIdle();

        assertThat(bench.published(STATISTICS)).containsExactly(payload(1), payload(2));
        assertThat(bench.log.transactions()).containsExactly(1, 2);
        assertThat(bench.waiting()).isZero();
    }

    @Test
    void a_backlog_drains_in_the_order_of_writing_and_statistics_with_it() {
        List<OutboxEvent> events = IntStream.rangeClosed(1, 8)
                .mapToObj(seq -> seq % 2 == 0 ? statistics(seq) : TestEvents.event(EventType.ATTEMPT, 0, "k0", seq))
                .toList();
        bench.write(events);

        pass(Duration.ofSeconds(1));
        workUntilIdle();

        assertThat(bench.published())
                .isEqualTo(events.stream().map(OutboxEvent::payload).toList());
    }

    @Test
    @Requirement("EV-5")
    void a_successor_publishes_what_waited_once() {
        bench.write(List.of(statistics(1)));
        workUntilIdle();
        assertThat(bench.published(STATISTICS)).isEmpty();

        bench.drain();

        assertThat(bench.published(STATISTICS)).containsExactly(payload(1));
        assertThat(bench.waiting()).isZero();
    }

    private void pass(Duration time) {
        bench.now += time.toNanos();
    }

    private void workUntilIdle() {
        int rounds = 0;
        while (duty.doWork(lease) > 0) {
            assertThat(++rounds).isLessThan(50);
        }
    }

    private static OutboxEvent statistics(int seq) {
        return TestEvents.event(EventType.JOBSTATISTICS, 0, "j", seq);
    }

    private static String payload(int seq) {
        return statistics(seq).payload();
    }
}
