package io.callisto.manager.dialing;

import static io.callisto.manager.dialing.TestJob.retry;
import static io.callisto.manager.dialing.TestJob.strategy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.domain.attempt.CallOutcome;
import io.callisto.ha.Fenced;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DialingDutyTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private final AtomicLong nanos = new AtomicLong(Duration.ofDays(1).toNanos());
    private final FakeGateway gateway = new FakeGateway("g1");
    private final FakeRules rules = new FakeRules();

    private Dialer dialer(TestJob job) {
        return Dialer.takeOver(DB.dataSource(), job, nanos, rules, gateway);
    }

    private TestJob job(int contacts) {
        return TestJob.running(DB.dataSource(), strategy(3, ""), contacts);
    }

    private void check(TestJob job) {
        Invariants.check(job, List.of(gateway));
    }

    @Test
    @Requirement("CM-1")
    void a_job_is_dialed_to_its_end_with_retries() {
        TestJob job = TestJob.running(
                DB.dataSource(),
                strategy(3, retry("Call_Busy", "PT0S", 2) + "," + retry("Ring_No_Answer", "PT0S", 3)),
                40);
        List<String> numbers = job.numbers();
        Set<String> busy = new HashSet<>(numbers.subList(0, 5));
        Set<String> silent = new HashSet<>(numbers.subList(5, 15));
        gateway.outcome = phone -> busy.contains(phone)
                ? CallOutcome.BUSY
                : silent.contains(phone) ? CallOutcome.RING_NO_ANSWER : CallOutcome.ANSWER_HUMAN;
        Dialer dialer = dialer(job);

        dialer.run(job::finished);

        assertThat(job.contactsWith("COMPLETED", "Answer_Human")).isEqualTo(25);
        assertThat(job.contactsWith("FAILED", "Call_Busy")).isEqualTo(5);
        assertThat(job.contactsWith("FAILED", "Ring_No_Answer")).isEqualTo(10);
        assertThat(job.attempts()).isEqualTo(25 + 5 * 2 + 10 * 3);
        assertThat(gateway.timesPlaced()).hasSize(25 + 5 * 2 + 10 * 3);
        check(job);
    }

    @Test
    void a_retry_waits_for_its_time() {
        TestJob job = TestJob.running(DB.dataSource(), strategy(3, retry("Call_Busy", "PT1H", 2)), 3);
        gateway.outcome = phone -> CallOutcome.BUSY;
        Dialer dialer = dialer(job);

        dialer.run(() -> job.contacts("RETRY_WAIT") == 3);
        dialer.steps(20);

        assertThat(job.attempts()).isEqualTo(3);
        assertThat(job.count("select count(*) from job_contact where job_id = :job and next_attempt_at between"
                        + " clock_timestamp() + interval '55 minutes' and clock_timestamp() + interval '1 hour'"))
                .isEqualTo(3);
        check(job);
    }

    @Test
    void every_phase_is_told_by_one_event_with_the_gateways_time() {
        TestJob job = job(1);
        Dialer dialer = dialer(job);

        dialer.run(job::finished);

        List<String> phases = org.springframework.jdbc.core.simple.JdbcClient.create(DB.dataSource())
                .sql("select payload::jsonb ->> 'phase' from event_outbox where record_key ="
                        + " (select contact_id::text from job_contact where job_id = :job) order by id")
                .param("job", job.id.value())
                .query(String.class)
                .list();
        assertThat(phases).containsExactly("RESERVED", "DIALING", "RINGING", "ANSWERED", "COMPLETED");
        assertThat(job.count("select count(*) from attempt where job_id = :job and"
                        + " dialed_at < ringing_at and ringing_at < answered_at and answered_at < completed_at"))
                .isEqualTo(1);
        check(job);
    }

    @Test
    void a_call_that_races_through_its_phases_is_one_write_and_still_tells_them_all() {
        TestJob job = job(1);
        Dialer dialer = dialer(job);
        dialer.run(() -> gateway.liveCalls() == 1);

        for (int i = 0; i < 5; i++) {
            gateway.advance();
        }
        dialer.steps(2);

        assertThat(job.attemptRows()).first().satisfies(row -> {
            assertThat(row.get("state")).isEqualTo("COMPLETED");
            assertThat(row.get("version")).isEqualTo(5);
        });
        check(job);
    }

    @Test
    void a_number_that_came_on_the_do_not_call_list_after_the_rules_is_not_called() {
        TestJob job = job(3);
        String number = job.numbers().get(1);
        Dialer dialer = dialer(job);
        rules.rule = candidate -> {
            if (candidate.phoneNumber().equals(number)) {
                job.doNotCall(number);
            }
            return FakeRules.ALLOW;
        };

        dialer.run(job::finished);

        assertThat(job.contactsWith("RESTRICTED", "Sys_Do_Not_Call")).isEqualTo(1);
        assertThat(job.attempts()).isEqualTo(2);
        check(job);
    }

    @Test
    void what_the_rules_restrict_ends_with_the_code_of_the_rule() {
        TestJob job = job(3);
        List<String> numbers = job.numbers();
        rules.rule = candidate -> new RuleCheck.Ruling(
                RuleCheck.Verdict.RESTRICT,
                List.of("Do_Not_Call", "Max_Attempts", "Weekend").get(numbers.indexOf(candidate.phoneNumber())),
                Instant.EPOCH);
        Dialer dialer = dialer(job);

        dialer.run(job::finished);

        assertThat(job.contactsWith("RESTRICTED", "Sys_Do_Not_Call")).isEqualTo(1);
        assertThat(job.contactsWith("RESTRICTED", "Sys_Max_Attempts")).isEqualTo(1);
        assertThat(job.contactsWith("RESTRICTED", "Sys_Rule_Restricted")).isEqualTo(1);
        assertThat(job.attempts()).isZero();
    }

    @Test
    void what_the_rules_defer_waits_until_then() {
        TestJob job = job(2);
        Instant later = Instant.now().plus(Duration.ofHours(3));
        rules.rule = candidate -> new RuleCheck.Ruling(RuleCheck.Verdict.DEFER, "Window", later);
        Dialer dialer = dialer(job);

        dialer.steps(20);

        assertThat(job.contacts("READY")).isEqualTo(2);
        assertThat(job.count("select count(*) from job_contact where job_id = :job and next_attempt_at >"
                        + " clock_timestamp() + interval '2 hours'"))
                .isEqualTo(2);
        assertThat(rules.checked).isEqualTo(2);
    }

    @Test
    void a_window_that_is_closed_by_the_transactions_own_clock_defers_whatever_the_rules_said() {
        // The window is one minute long and was open twelve hours ago.
        String start = java.time.ZonedDateTime.now(java.time.ZoneId.of("Europe/Berlin"))
                .plusHours(12)
                .toLocalTime()
                .toString()
                .substring(0, 5);
        String end = java.time.LocalTime.parse(start).plusMinutes(1).toString();
        TestJob job = TestJob.running(
                DB.dataSource(), strategy(3, "", "PT0S", start, end.equals("00:00") ? "24:00" : end), 2);
        Dialer dialer = dialer(job);

        dialer.steps(20);

        assertThat(job.attempts()).isZero();
        assertThat(job.count("select count(*) from job_contact where job_id = :job and state = 'READY'"
                        + " and next_attempt_at > clock_timestamp()"))
                .isEqualTo(2);
    }

    @Test
    void two_jobs_on_one_number_keep_the_gap_between_their_calls() {
        String gap = strategy(3, "", "PT1H", "00:00", "24:00");
        TestJob first = TestJob.running(DB.dataSource(), gap, 5);
        TestJob second = first.another(gap);
        Dialer one = dialer(first);
        Dialer other = dialer(second);

        one.run(first::finished);
        other.steps(20);

        assertThat(first.contacts("COMPLETED")).isEqualTo(5);
        assertThat(second.attempts()).isZero();
        assertThat(second.count("select count(*) from job_contact where job_id = :job and state = 'READY'"
                        + " and next_attempt_at > clock_timestamp() + interval '50 minutes'"))
                .isEqualTo(5);
    }

    @Test
    @Requirement("CM-8")
    void dialing_goes_on_from_the_decisions_at_hand_while_the_rule_engine_is_away() {
        TestJob job = job(400);
        Dialer dialer = dialer(job);
        dialer.run(() -> rules.checked >= 400);
        long before = job.attempts();
        assertThat(before).isLessThan(400);

        rules.away = true;
        dialer.run(() -> job.attempts() == 400);

        assertThat(rules.checked).isEqualTo(400);
        check(job);
    }

    @Test
    @Requirement("CM-8")
    void a_decision_that_is_too_old_is_asked_for_again() {
        TestJob job = job(1);
        gateway.down = true;
        Dialer dialer = dialer(job);
        dialer.steps(10);
        assertThat(rules.checked).isEqualTo(1);

        rules.away = true;
        dialer.pass(Duration.ofSeconds(61));
        gateway.down = false;
        dialer.steps(30);
        assertThat(job.attempts()).isZero();

        rules.away = false;
        dialer.run(job::finished);
        assertThat(rules.checked).isEqualTo(2);
    }

    @Test
    void nothing_is_placed_after_a_pause_and_calls_in_progress_go_on() {
        TestJob job = job(400);
        Dialer dialer = dialer(job);
        dialer.run(() -> job.attempts() > 50);

        job.setState("PAUSING");
        int placed = gateway.timesPlaced().size();
        dialer.run(() -> job.liveAttempts() == 0);

        assertThat(gateway.timesPlaced()).hasSize(placed);
        assertThat(job.contacts("READY")).isEqualTo(400 - placed);
        job.setState("PAUSED");
        dialer.steps(20);
        assertThat(gateway.timesPlaced()).hasSize(placed);

        job.setState("RUNNING");
        dialer.run(job::finished);
        assertThat(job.contacts("COMPLETED")).isEqualTo(400);
        check(job);
    }

    @Test
    void a_job_that_is_being_stopped_tries_nothing_again() {
        TestJob job = TestJob.running(DB.dataSource(), strategy(3, retry("Call_Busy", "PT0S", 3)), 10);
        gateway.outcome = phone -> CallOutcome.BUSY;
        Dialer dialer = dialer(job);
        dialer.run(() -> gateway.liveCalls() == 10);

        job.setState("STOPPING");
        dialer.run(() -> job.liveAttempts() == 0);

        assertThat(job.contactsWith("FAILED", "Call_Busy")).isEqualTo(10);
        assertThat(job.attempts()).isEqualTo(10);
    }

    @Test
    void a_refused_call_does_not_cost_the_contact_one_of_its_attempts() {
        TestJob job = TestJob.running(
                DB.dataSource(),
                strategy(1, retry("Sys_No_Resource", "PT0S", 1) + "," + retry("Sys_Not_Placed", "PT0S", 1)),
                5);
        Dialer dialer = dialer(job);
        gateway.placeMode = FakeGateway.PlaceMode.NO_CAPACITY;
        dialer.run(() -> job.attemptsWith("Sys_No_Resource") >= 5);
        gateway.placeMode = FakeGateway.PlaceMode.TOO_LATE;
        dialer.run(() -> job.attemptsWith("Sys_Not_Placed") >= 5);
        gateway.placeMode = FakeGateway.PlaceMode.NORMAL;

        dialer.run(job::finished);

        assertThat(job.contactsWith("COMPLETED", "Answer_Human")).isEqualTo(5);
        check(job);
    }

    @Test
    void an_order_whose_answer_is_lost_is_asked_for_and_never_sent_again() {
        TestJob job = job(5);
        Dialer dialer = dialer(job);
        gateway.placeMode = FakeGateway.PlaceMode.ANSWER_LOST;
        dialer.run(() -> gateway.timesPlaced().size() == 5);
        gateway.placeMode = FakeGateway.PlaceMode.NORMAL;

        dialer.run(job::finished);

        assertThat(job.attempts()).isEqualTo(5);
        assertThat(gateway.log()).containsSubsequence("place", "announce", "watch", "resolve");
        check(job);
    }

    @Test
    void an_order_that_is_lost_is_settled_as_not_placed_and_the_contact_is_called_with_the_next_number() {
        TestJob job = TestJob.running(DB.dataSource(), strategy(1, retry("Sys_Not_Placed", "PT0S", 1)), 5);
        Dialer dialer = dialer(job);
        gateway.placeMode = FakeGateway.PlaceMode.ORDER_LOST;
        dialer.run(() -> job.attempts() == 5);
        gateway.placeMode = FakeGateway.PlaceMode.NORMAL;

        dialer.run(job::finished);

        assertThat(job.attemptsWith("Sys_Not_Placed")).isEqualTo(5);
        assertThat(job.contactsWith("COMPLETED", "Answer_Human")).isEqualTo(5);
        assertThat(job.attempts()).isEqualTo(10);
        check(job);
    }

    @Test
    void a_broken_watch_is_opened_again_and_what_was_missed_is_made_good() {
        TestJob job = job(10);
        Dialer dialer = dialer(job);
        dialer.run(() -> gateway.liveCalls() == 10);

        gateway.breakWatches();
        for (int i = 0; i < 5; i++) {
            gateway.advance();
        }
        dialer.steps(20);

        assertThat(job.contacts("COMPLETED")).isEqualTo(10);
        check(job);
    }

    @Test
    void a_gateway_that_is_away_does_not_hold_up_the_other() {
        TestJob job = job(50);
        FakeGateway other = new FakeGateway("g2");
        gateway.down = true;
        Dialer dialer = Dialer.takeOver(DB.dataSource(), job, nanos, rules, gateway, other);

        dialer.run(job::finished);

        assertThat(other.timesPlaced()).hasSize(50);
        Invariants.check(job, List.of(gateway, other));
    }

    @Test
    void calls_are_spread_over_the_gateways_within_their_capacity() {
        TestJob job = job(100);
        FakeGateway other = new FakeGateway("g2");
        gateway.capacity = 10;
        Dialer dialer = Dialer.takeOver(DB.dataSource(), job, nanos, rules, gateway, other);

        dialer.run(() -> job.attempts() == 100);

        assertThat(gateway.timesPlaced().size()).isBetween(10, 40);
        dialer.run(job::finished);
        Invariants.check(job, List.of(gateway, other));
    }

    @Test
    @Requirement("CM-5")
    void an_attempt_that_nobody_can_tell_of_ends_in_doubt_and_is_not_tried_again() {
        TestJob job = TestJob.running(DB.dataSource(), strategy(3, retry("Ring_No_Answer", "PT0S", 3)), 4);
        Dialer dialer = dialer(job);
        dialer.run(() -> gateway.liveCalls() == 4);

        gateway.down = true;
        gateway.breakWatches();
        dialer.steps(5);
        dialer.pass(Duration.ofSeconds(200));
        dialer.steps(20);

        assertThat(job.contactsWith("FAILED", "Sys_Attempt_In_Doubt")).isEqualTo(4);
        assertThat(job.attempts()).isEqualTo(4);
        check(job);
    }

    @Test
    @Requirement("CM-5")
    void a_gateway_with_a_new_registry_leaves_its_attempts_in_doubt() {
        TestJob job = job(4);
        Dialer dialer = dialer(job);
        dialer.run(() -> gateway.liveCalls() == 4);

        gateway.loseRegistry();
        dialer.steps(30);

        assertThat(job.contactsWith("FAILED", "Sys_Attempt_In_Doubt")).isEqualTo(4);
        check(job);
    }

    @Test
    void a_call_that_lasts_too_long_is_hung_up_and_closed() {
        TestJob job = job(2);
        Dialer dialer = dialer(job);
        dialer.run(() -> gateway.liveCalls() == 2);

        dialer.steps(3);
        for (int i = 0; i < 130; i++) {
            dialer.pass(Duration.ofSeconds(3));
            dialer.step();
        }

        assertThat(job.liveAttempts()).isZero();
        assertThat(gateway.liveCalls()).isZero();
        assertThat(gateway.log()).contains("hangUp");
        assertThat(job.contactsWith("FAILED", "Sys_Call_Timeout")).isEqualTo(2);
    }

    @Test
    void the_old_owner_writes_and_places_nothing_after_a_takeover() {
        TestJob job = job(300);
        Dialer old = dialer(job);
        old.run(() -> job.attempts() > 20);
        Dialer next = dialer(job);
        int placed = gateway.timesPlaced().size();

        assertThatThrownBy(() -> old.steps(50)).isInstanceOf(Fenced.class);

        assertThat(gateway.timesPlaced()).hasSize(placed);
        next.run(job::finished);
        assertThat(job.contacts("COMPLETED")).isEqualTo(300);
        check(job);
    }
}
