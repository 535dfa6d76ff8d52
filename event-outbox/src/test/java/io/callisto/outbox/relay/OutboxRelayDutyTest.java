package io.callisto.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.event.contract.EventHeaders;
import io.callisto.event.contract.EventSchema;
import io.callisto.event.contract.EventType;
import io.callisto.ha.Fenced;
import io.callisto.ha.Lease;
import io.callisto.outbox.OutboxEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutboxRelayDutyTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final List<OutboxEvent> EVENTS = TestEvents.attempts(2, 5);
    private static final List<String> PAYLOADS =
            EVENTS.stream().map(OutboxEvent::payload).toList();

    private RelayBench bench = new RelayBench(DB.dataSource());

    @BeforeEach
    void events() {
        start();
    }

    private void start() {
        bench = new RelayBench(DB.dataSource());
        bench.write(EVENTS);
    }

    @Test
    @Requirement("EV-5")
    void every_event_is_published_once_in_the_order_of_writing() {
        bench.drain();

        assertThat(bench.published()).isEqualTo(PAYLOADS);
        assertThat(bench.log.transactions()).containsExactly(3, 3, 3, 1);
        assertThat(bench.waiting()).isZero();
    }

    @Test
    void a_record_carries_the_cloud_event_attributes_as_headers() {
        bench.drain();

        LogRecord first = bench.log.committed().get(0);
        assertThat(first.topic()).isEqualTo("POM.Default.ATTEMPT");
        assertThat(first.key()).isEqualTo("k0");
        assertThat(first.headers())
                .containsEntry(EventHeaders.ID, EVENTS.get(0).eventId().toString())
                .containsEntry(EventHeaders.SPEC_VERSION, "1.0")
                .containsEntry(EventHeaders.TYPE, "io.callisto.event.ATTEMPT")
                .containsEntry(EventHeaders.SOURCE, "/callisto/organisations/0")
                .containsEntry(EventHeaders.SUBJECT, "k0")
                .containsEntry(EventHeaders.TIME, "2026-11-22T10:15:30.123456Z")
                .containsEntry(EventHeaders.CONTENT_TYPE, "application/json")
                .containsEntry(EventHeaders.DATA_SCHEMA, EventSchema.uri(EventType.ATTEMPT))
                .containsEntry(EventHeaders.SEQ, "1")
                .containsEntry(EventHeaders.EPOCH, "7");
    }

    /** Runs the same three batches again and again, ending the process one step later each time. */
    @Test
    @Requirement("EV-5")
    void a_crash_at_any_step_loses_nothing_and_repeats_nothing() {
        List<String> stepsCut = new ArrayList<>();
        for (int step = 0; ; step++) {
            start();
            bench.steps.at(step, () -> {
                throw new Steps.Crash();
            });
            boolean crashed = crashes();
            if (!crashed) {
                break;
            }
            List<String> seen = bench.steps.seen();
            stepsCut.add(seen.get(seen.size() - 1));

            bench.drain();

            assertThat(bench.published()).as("cut at step %d of %s", step, seen).isEqualTo(PAYLOADS);
            assertThat(bench.waiting()).isZero();
        }
        assertThat(stepsCut)
                .hasSizeGreaterThan(25)
                .contains(
                        "after open",
                        "after position",
                        "after select",
                        "sent, not committed",
                        "committed, not acknowledged",
                        "before delete and select",
                        "after delete and select",
                        "before delete",
                        "after delete");
    }

    private boolean crashes() {
        try {
            bench.drain();
            return false;
        } catch (Steps.Crash expected) {
            return true;
        }
    }

    /**
     * At one step after the other, a successor takes over and finishes; then the old relay goes on as if nothing were.
     */
    @Test
    @Requirement("EV-5")
    void a_relay_that_wakes_up_after_its_successor_finished_can_publish_and_delete_nothing() {
        int interrupted = 0;
        for (int step = 0; ; step++) {
            start();
            AtomicBoolean tookOver = new AtomicBoolean();
            Lease old = bench.claim();
            OutboxRelayDuty zombie = bench.duty();
            bench.steps.at(step, () -> {
                tookOver.set(true);
                bench.drain();
                bench.write(List.of(TestEvents.event(EventType.ATTEMPT, 0, "late", 1)));
            });
            goOn(zombie, old);
            if (!tookOver.get()) {
                break;
            }
            interrupted++;
            assertThat(bench.published())
                    .as("taken over at step %d of %s", step, bench.steps.seen())
                    .isEqualTo(PAYLOADS);
            assertThat(bench.waiting())
                    .as("the event written after the takeover")
                    .isEqualTo(1);

            bench.drain();

            assertThat(bench.published()).hasSize(PAYLOADS.size() + 1);
            assertThat(bench.waiting()).isZero();
        }
        assertThat(interrupted).isGreaterThan(20);
    }

    private void goOn(OutboxRelayDuty zombie, Lease lease) {
        try (zombie) {
            zombie.takeOver(lease);
            bench.work(zombie, lease);
        } catch (Fenced expected) {
            assertThat(expected.epoch()).isEqualTo(lease.epoch());
        }
    }

    @Test
    @Requirement("EV-5")
    void a_commit_of_unknown_outcome_is_decided_by_the_position_record() {
        for (InMemoryEventLog.Commit outcome : InMemoryEventLog.Commit.values()) {
            for (int batch = 0; batch < 4; batch++) {
                start();
                unknownCommitAt(batch, outcome);

                assertThat(bench.published())
                        .as("%s in batch %d", outcome, batch)
                        .isEqualTo(PAYLOADS);
                assertThat(bench.waiting()).isZero();
                boolean unknown = outcome != InMemoryEventLog.Commit.ACKNOWLEDGED;
                assertThat(bench.log.opened(0)).isEqualTo(unknown ? 2 : 1);
            }
        }
    }

    private void unknownCommitAt(int batch, InMemoryEventLog.Commit outcome) {
        Lease lease = bench.claim();
        try (OutboxRelayDuty duty = bench.duty()) {
            duty.takeOver(lease);
            for (int i = 0; i < batch; i++) {
                duty.doWork(lease);
            }
            bench.log.nextCommit(outcome);
            bench.work(duty, lease);
        }
    }

    @Test
    void a_session_taken_by_a_late_predecessor_is_opened_again() {
        Lease lease = bench.claim();
        try (OutboxRelayDuty duty = bench.duty()) {
            duty.takeOver(lease);
            duty.doWork(lease);
            bench.log.open(0);

            bench.work(duty, lease);
        }
        assertThat(bench.published()).isEqualTo(PAYLOADS);
        assertThat(bench.log.opened(0)).isEqualTo(3);
    }

    @Test
    void a_fenced_relay_opens_no_session_that_would_end_its_successors() {
        Lease old = bench.claim();
        OutboxRelayDuty zombie = bench.duty();
        bench.log.reachable(false);
        zombie.takeOver(old);
        bench.log.reachable(true);
        bench.claim();
        bench.now += 1_000_000_000L;

        assertThatThrownBy(() -> zombie.doWork(old)).isInstanceOf(Fenced.class);
        assertThat(bench.log.opened(0)).isZero();
    }

    @Test
    void while_the_log_is_away_rows_stay_and_they_are_published_when_it_is_back() {
        bench.log.reachable(false);
        Lease lease = bench.claim();
        try (OutboxRelayDuty duty = bench.duty()) {
            duty.takeOver(lease);
            bench.work(duty, lease);
            assertThat(bench.waiting()).isEqualTo(EVENTS.size());

            bench.log.reachable(true);
            bench.work(duty, lease);
        }
        assertThat(bench.published()).isEqualTo(PAYLOADS);
        assertThat(bench.meters
                        .counter("callisto.events.published", "shard", "0")
                        .count())
                .isEqualTo(EVENTS.size());
    }

    @Test
    void a_batch_that_was_not_full_is_deleted_at_once_and_lets_the_thread_wait() {
        bench.jdbc.sql("truncate event_outbox").update();
        bench.write(List.of(TestEvents.event(EventType.JOB, 0, "17", 1)));
        Lease lease = bench.claim();
        try (OutboxRelayDuty duty = bench.duty()) {
            duty.takeOver(lease);

            assertThat(duty.doWork(lease)).isZero();
            assertThat(bench.waiting()).isZero();
        }
    }

    @Test
    void an_event_that_is_too_large_is_put_aside_and_the_rest_goes_on() {
        long first = bench.jdbc
                .sql("select min(id) from event_outbox")
                .query(Long.class)
                .single();
        bench.log.tooLarge(row -> row == first + 4);

        bench.drain();

        List<String> expected = new ArrayList<>(PAYLOADS);
        expected.remove(4);
        assertThat(bench.published()).isEqualTo(expected);
        assertThat(bench.quarantined(PoisonRow.Reason.TOO_LARGE)).isEqualTo(1);
        assertThat(bench.waiting()).isZero();
    }

    @Test
    void an_event_of_an_unknown_type_is_put_aside() {
        bench.jdbc
                .sql("update event_outbox set event_type = 'LATER' where record_key = 'k1' and aggregate_seq = 1")
                .update();

        bench.drain();

        assertThat(bench.published()).hasSize(EVENTS.size() - 1);
        assertThat(bench.quarantined(PoisonRow.Reason.UNKNOWN_TYPE)).isEqualTo(1);
    }

    @Test
    void events_of_a_deleted_organisation_without_topic_are_put_aside() {
        bench.write(List.of(TestEvents.event(EventType.JOB, 99, "17", 1)));
        bench.log.missing("POM.99.JOB");

        bench.drain();

        assertThat(bench.published()).isEqualTo(PAYLOADS);
        assertThat(bench.quarantined(PoisonRow.Reason.NO_ORGANISATION)).isEqualTo(1);
    }

    @Test
    void events_whose_topic_is_not_there_yet_wait_in_order_and_hold_up_nobody() {
        bench.jdbc.sql("truncate event_outbox").update();
        List<OutboxEvent> jobs = new ArrayList<>();
        for (int seq = 1; seq <= 5; seq++) {
            jobs.add(TestEvents.event(EventType.JOB, 0, "17", seq));
        }
        bench.write(jobs);
        bench.write(EVENTS);
        bench.log.missing("POM.Default.JOB");
        Lease lease = bench.claim();
        try (OutboxRelayDuty duty = bench.duty()) {
            duty.takeOver(lease);
            bench.work(duty, lease);
            assertThat(bench.published()).isEqualTo(PAYLOADS);
            assertThat(bench.waiting()).isEqualTo(jobs.size());

            bench.log.create("POM.Default.JOB");
            bench.work(duty, lease);
        }
        assertThat(bench.published())
                .hasSize(EVENTS.size() + jobs.size())
                .endsWith(jobs.stream().map(OutboxEvent::payload).toArray(String[]::new));
    }
}
