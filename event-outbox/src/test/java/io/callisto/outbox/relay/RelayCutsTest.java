package io.callisto.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.event.contract.EventType;
import io.callisto.ha.Fenced;
import io.callisto.ha.Lease;
import io.callisto.outbox.OutboxEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Everything that a crash or a freeze can cut, and two of them at once, on a real database. */
class RelayCutsTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    /** Two batches, the second not full. */
    private static final List<OutboxEvent> EVENTS = TestEvents.attempts(1, 4);

    private static final List<String> PAYLOADS =
            EVENTS.stream().map(OutboxEvent::payload).toList();
    private static final String POM_4 = "POM.Default.ATTEMPT";
    private static final String POM_3 = "Default_POM_ATTEMPT";

    private RelayBench bench = new RelayBench(DB.dataSource());

    private void start() {
        bench = new RelayBench(DB.dataSource());
        bench.write(EVENTS);
    }

    /** Dies at the {@code n}-th step of a relay's life; false where it lives for fewer steps. */
    private boolean crashAt(int n, TopicNames names) {
        bench.steps.at(n, () -> {
            throw new Steps.Crash();
        });
        try {
            bench.drain(names);
            return false;
        } catch (Steps.Crash expected) {
            return true;
        } finally {
            bench.steps.disarm();
        }
    }

    private void assertAllOnce(String what) {
        assertThat(bench.published()).as(what).isEqualTo(PAYLOADS);
        assertThat(bench.waiting()).as(what).isZero();
    }

    /** Whatever the first left, the second must not make worse, wherever it is cut itself. */
    @Test
    @Requirement("EV-5")
    void a_successor_that_crashes_at_any_step_after_a_crash_at_any_step_loses_and_repeats_nothing() {
        int pairs = 0;
        boolean first = true;
        for (int i = 0; first; i++) {
            boolean second = true;
            for (int j = 0; second; j++) {
                start();
                first = crashAt(i, TopicNames.POM_4);
                second = first && crashAt(j, TopicNames.POM_4);
                bench.drain();
                assertAllOnce("cut at step " + i + ", then at step " + j);
                pairs += second ? 1 : 0;
            }
        }
        assertThat(pairs).isGreaterThan(200);
    }

    /**
     * Two relays at once: the old one is frozen at any step, its successor gets to any of its own, and there the old
     * one wakes up and goes on as far as it can.
     */
    @Test
    @Requirement("EV-5")
    void a_relay_that_is_frozen_at_any_step_and_wakes_at_any_step_of_its_successor_harms_nothing() throws Exception {
        int pairs = 0;
        boolean frozen = true;
        for (int i = 0; frozen; i++) {
            boolean woken = true;
            for (int j = 0; woken && frozen; j++) {
                start();
                CountDownLatch wake = new CountDownLatch(1);
                FrozenRelay old = new FrozenRelay(bench.duty(), bench.claim(), i, wake);
                Thread zombie = new Thread(old, "zombie");
                zombie.start();
                frozen = old.frozenOrDone();
                woken = successorThatWakes(zombie, wake, j);
                wake.countDown();
                join(zombie);
                bench.drain();
                assertAllOnce("frozen at step " + i + ", woken at step " + j + " of the successor");
                pairs += woken && frozen ? 1 : 0;
            }
        }
        assertThat(pairs).isGreaterThan(200);
    }

    private boolean successorThatWakes(Thread zombie, CountDownLatch wake, int step) {
        AtomicBoolean woken = new AtomicBoolean();
        bench.steps.at(step, () -> {
            woken.set(true);
            wake.countDown();
            join(zombie);
        });
        bench.drain();
        bench.steps.disarm();
        return woken.get();
    }

    private static void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(thread.isAlive()).as("the frozen relay came to its end").isFalse();
    }

    /** A relay on a thread of its own that stops at a step until it is woken. */
    private final class FrozenRelay implements Runnable {
        private final OutboxRelayDuty duty;
        private final Lease lease;
        private final int step;
        private final CountDownLatch wake;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final AtomicBoolean frozen = new AtomicBoolean();

        FrozenRelay(OutboxRelayDuty duty, Lease lease, int step, CountDownLatch wake) {
            this.duty = duty;
            this.lease = lease;
            this.step = step;
            this.wake = wake;
        }

        @Override
        public void run() {
            bench.steps.at(step, () -> {
                frozen.set(true);
                reached.countDown();
                await(wake);
            });
            try (duty) {
                duty.takeOver(lease);
                bench.work(duty, lease);
            } catch (Fenced expected) {
                assertThat(expected.epoch()).isEqualTo(lease.epoch());
            } finally {
                reached.countDown();
            }
        }

        boolean frozenOrDone() {
            await(reached);
            return frozen.get();
        }

        private void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    @Requirement("EV-5")
    void a_crash_at_any_step_after_a_commit_of_unknown_outcome_loses_and_repeats_nothing() {
        int cut = 0;
        for (InMemoryEventLog.Commit outcome : InMemoryEventLog.Commit.values()) {
            for (int batch = 0; batch < 2; batch++) {
                boolean crashed = true;
                for (int step = 0; crashed; step++) {
                    start();
                    unknownCommitAt(batch, outcome);
                    crashed = crashAt(step, TopicNames.POM_4);
                    bench.drain();
                    assertAllOnce(outcome + " in batch " + batch + ", then cut at step " + step);
                    cut += crashed ? 1 : 0;
                }
            }
        }
        assertThat(cut).isGreaterThan(50);
    }

    /** The relay that asked for the commit dies with the question. */
    private void unknownCommitAt(int batch, InMemoryEventLog.Commit outcome) {
        Lease lease = bench.claim();
        try (OutboxRelayDuty duty = bench.duty()) {
            duty.takeOver(lease);
            for (int i = 0; i < batch; i++) {
                duty.doWork(lease);
            }
            bench.log.nextCommit(outcome);
            duty.doWork(lease);
        }
        bench.log.nextCommit(InMemoryEventLog.Commit.ACKNOWLEDGED);
    }

    @Test
    @Requirement({"EV-4", "EV-5"})
    void settings_that_change_at_any_step_lead_to_a_new_session_and_lose_and_repeat_nothing() {
        int changes = 0;
        boolean changed = true;
        for (int step = 0; changed; step++) {
            start();
            AtomicBoolean done = new AtomicBoolean();
            bench.steps.at(step, () -> {
                done.set(true);
                bench.log.settingsChanged();
            });
            bench.drain();
            changed = done.get();
            assertAllOnce("changed at step " + step);
            bench.write(List.of(TestEvents.event(EventType.ATTEMPT, 0, "later", 1)));
            bench.drain();
            assertThat(bench.published()).hasSize(PAYLOADS.size() + 1);
            changes += changed ? 1 : 0;
        }
        assertThat(changes).isGreaterThan(15);
    }

    @Test
    @Requirement({"EV-1", "EV-5"})
    void under_both_names_every_event_is_in_both_topics_once_wherever_the_relay_is_cut() {
        boolean crashed = true;
        for (int step = 0; crashed; step++) {
            start();
            crashed = crashAt(step, TopicNames.BOTH);
            bench.drain(TopicNames.BOTH);
            assertThat(bench.published(POM_4)).as("step %d", step).isEqualTo(PAYLOADS);
            assertThat(bench.published(POM_3)).as("step %d", step).isEqualTo(PAYLOADS);
            assertThat(bench.waiting()).isZero();
        }
    }

    /** First both, then the new ones only: what clients of the old and of the new names see on the way. */
    @Test
    @Requirement({"EV-1", "EV-5"})
    void names_that_are_switched_while_relays_are_cut_leave_no_gap_in_the_topics_that_stay() {
        for (TopicNames from : List.of(TopicNames.POM_3, TopicNames.BOTH)) {
            TopicNames to = from == TopicNames.POM_3 ? TopicNames.BOTH : TopicNames.POM_4;
            String stays = from == TopicNames.POM_3 ? POM_3 : POM_4;
            String other = from == TopicNames.POM_3 ? POM_4 : POM_3;
            boolean crashed = true;
            for (int step = 0; crashed; step++) {
                start();
                crashed = crashAt(step, from);
                bench.drain(to);
                assertThat(bench.published(stays))
                        .as("%s to %s at %d", from, to, step)
                        .isEqualTo(PAYLOADS);
                List<String> part = bench.published(other);
                int begin = from == TopicNames.POM_3 ? PAYLOADS.size() - part.size() : 0;
                assertThat(part)
                        .as("%s to %s at %d", from, to, step)
                        .isEqualTo(PAYLOADS.subList(begin, begin + part.size()));
            }
        }
    }

    @Test
    @Requirement("EV-1")
    void a_stream_waits_until_both_of_its_topics_are_there() {
        start();
        bench.log.missing(POM_3);
        Lease lease = bench.claim();
        try (OutboxRelayDuty duty = bench.duty(TopicNames.BOTH)) {
            duty.takeOver(lease);
            bench.work(duty, lease);
            assertThat(bench.published()).isEmpty();

            bench.log.create(POM_3);
            bench.work(duty, lease);
        }
        assertThat(bench.published(POM_4)).isEqualTo(PAYLOADS);
        assertThat(bench.published(POM_3)).isEqualTo(PAYLOADS);
    }

    /** After an outage all of it leaves in order and in full batches. */
    @Test
    @Requirement("EV-5")
    void what_piled_up_while_the_log_was_away_leaves_in_order_and_in_full_batches() {
        start();
        List<OutboxEvent> more = new ArrayList<>();
        IntStream.rangeClosed(1, 60).forEach(seq -> more.add(TestEvents.event(EventType.JOB, 0, "job", seq)));
        Lease lease = bench.claim();
        try (OutboxRelayDuty duty = bench.duty()) {
            duty.takeOver(lease);
            bench.log.reachable(false);
            for (OutboxEvent event : more) {
                bench.write(List.of(event));
                duty.doWork(lease);
            }
            assertThat(bench.published()).isEmpty();
            bench.log.reachable(true);
            bench.work(duty, lease);
        }
        assertThat(bench.published("POM.Default.JOB"))
                .isEqualTo(more.stream().map(OutboxEvent::payload).toList());
        assertThat(bench.log.transactions())
                .filteredOn(size -> size == RelayBench.BATCH)
                .hasSize(21);
    }
}
