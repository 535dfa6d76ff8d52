package io.callisto.domain.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.CompletionCode;
import io.callisto.domain.attempt.AttemptDecision.Step;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptDecisionTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant DIALED = NOW.minusSeconds(30);
    private static final Instant RANG = NOW.minusSeconds(20);
    private static final Instant ANSWERED = NOW.minusSeconds(10);
    private static final Instant ENDED = NOW.minusSeconds(1);

    private static CallReport ended(CallOutcome outcome) {
        return new CallReport(CallPhase.ENDED, outcome, DIALED, RANG, ANSWERED, ENDED);
    }

    @Test
    void a_report_tells_all_phases_that_are_new_in_order_with_the_gateways_times() {
        assertThat(AttemptDecision.onReport(AttemptState.RESERVED, ended(CallOutcome.ANSWER_HUMAN), NOW)
                        .steps())
                .containsExactly(
                        new Step(AttemptState.DIALING, DIALED, null),
                        new Step(AttemptState.RINGING, RANG, null),
                        new Step(AttemptState.ANSWERED, ANSWERED, null),
                        new Step(AttemptState.COMPLETED, ENDED, CompletionCode.ANSWER_HUMAN));
    }

    @Test
    void a_repeated_or_late_report_tells_nothing() {
        CallReport ringing = new CallReport(CallPhase.RINGING, null, DIALED, RANG, null, null);
        assertThat(AttemptDecision.onReport(AttemptState.RINGING, ringing, NOW).steps())
                .isEmpty();
        assertThat(AttemptDecision.onReport(AttemptState.ANSWERED, ringing, NOW).steps())
                .isEmpty();
        assertThat(AttemptDecision.onReport(AttemptState.COMPLETED, ended(CallOutcome.BUSY), NOW)
                        .steps())
                .isEmpty();
    }

    @Test
    void phases_that_the_gateway_does_not_tell_are_skipped() {
        CallReport busy = new CallReport(CallPhase.ENDED, CallOutcome.BUSY, DIALED, null, null, ENDED);
        assertThat(AttemptDecision.onReport(AttemptState.RESERVED, busy, NOW).steps())
                .containsExactly(
                        new Step(AttemptState.DIALING, DIALED, null),
                        new Step(AttemptState.COMPLETED, ENDED, CompletionCode.CALL_BUSY));
    }

    @Test
    void times_never_go_back_and_a_missing_one_is_now() {
        CallReport odd = new CallReport(CallPhase.RINGING, null, RANG, DIALED, null, null);
        assertThat(AttemptDecision.onReport(AttemptState.RESERVED, odd, NOW).steps())
                .extracting(Step::at)
                .containsExactly(RANG, RANG);
        CallReport bare = new CallReport(CallPhase.ANSWERED, null, null, null, null, null);
        assertThat(AttemptDecision.onReport(AttemptState.RESERVED, bare, NOW).steps())
                .containsExactly(new Step(AttemptState.ANSWERED, NOW, null));
    }

    @Test
    void never_placed_is_believed_of_a_reservation_only() {
        assertThat(AttemptDecision.onReport(AttemptState.RESERVED, CallReport.NEVER_PLACED, NOW)
                        .steps())
                .containsExactly(new Step(AttemptState.COMPLETED, NOW, CompletionCode.NOT_PLACED));
        assertThat(AttemptDecision.onReport(AttemptState.RINGING, CallReport.NEVER_PLACED, NOW)
                        .steps())
                .containsExactly(new Step(AttemptState.COMPLETED, NOW, CompletionCode.ATTEMPT_IN_DOUBT));
    }

    @Test
    void a_lost_call_and_an_end_without_an_outcome_are_network_failures() {
        assertThat(CallOutcome.LOST.code()).isEqualTo(CompletionCode.NETWORK_FAILURE);
        CallReport silent = new CallReport(CallPhase.ENDED, null, null, null, null, null);
        assertThat(AttemptDecision.onReport(AttemptState.DIALING, silent, NOW).steps())
                .containsExactly(new Step(AttemptState.COMPLETED, NOW, CompletionCode.NETWORK_FAILURE));
    }

    @Test
    void every_step_is_a_move_of_the_state_table() {
        for (AttemptState from : AttemptState.values()) {
            for (CallOutcome outcome : CallOutcome.values()) {
                AttemptState at = from;
                for (Step step :
                        AttemptDecision.onReport(from, ended(outcome), NOW).steps()) {
                    assertThat(at.next()).contains(step.phase());
                    at = step.phase();
                }
                assertThat(at).isEqualTo(AttemptState.COMPLETED);
            }
        }
    }

    @Test
    void a_report_supersedes_one_that_tells_less() {
        CallReport ringing = new CallReport(CallPhase.RINGING, null, DIALED, RANG, null, null);
        assertThat(ended(CallOutcome.FAX).supersedes(ringing)).isTrue();
        assertThat(ringing.supersedes(ended(CallOutcome.FAX))).isFalse();
    }
}
