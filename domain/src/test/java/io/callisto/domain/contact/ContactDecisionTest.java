package io.callisto.domain.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.CompletionCode;
import io.callisto.domain.strategy.CallNode;
import io.callisto.domain.strategy.CallingWindow;
import io.callisto.domain.strategy.RetryRule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContactDecisionTest {
    private static final Duration LATER = Duration.ofMinutes(5);

    private static CallNode node(int maxAttempts, RetryRule... rules) {
        return new CallNode(
                Duration.ofSeconds(20), 10, 10, maxAttempts, Duration.ZERO, CallingWindow.ALWAYS, List.of(rules));
    }

    private static final ContactDecision FAILED = new ContactDecision(JobContactState.FAILED, Duration.ZERO);

    @Test
    void a_success_completes_the_contact() {
        assertThat(ContactDecision.afterAttempt(node(3), CompletionCode.ANSWER_HUMAN, 1, false)
                        .next())
                .isEqualTo(JobContactState.COMPLETED);
    }

    @Test
    void a_rule_for_the_code_tries_again_until_its_own_or_the_nodes_limit() {
        RetryRule busy = new RetryRule("Call_Busy", LATER, 3);
        ContactDecision again = new ContactDecision(JobContactState.RETRY_WAIT, LATER);
        assertThat(ContactDecision.afterAttempt(node(9, busy), CompletionCode.CALL_BUSY, 2, false))
                .isEqualTo(again);
        assertThat(ContactDecision.afterAttempt(node(9, busy), CompletionCode.CALL_BUSY, 3, false))
                .isEqualTo(FAILED);
        assertThat(ContactDecision.afterAttempt(node(2, busy), CompletionCode.CALL_BUSY, 2, false))
                .isEqualTo(FAILED);
        assertThat(ContactDecision.afterAttempt(node(9, busy), CompletionCode.FAX, 1, false))
                .isEqualTo(FAILED);
    }

    @Test
    void nothing_is_tried_again_while_the_job_is_being_stopped() {
        RetryRule busy = new RetryRule("Call_Busy", LATER, 3);
        assertThat(ContactDecision.afterAttempt(node(9, busy), CompletionCode.CALL_BUSY, 1, true))
                .isEqualTo(FAILED);
        assertThat(ContactDecision.afterNotPlaced(node(9), CompletionCode.NOT_PLACED, 1, true))
                .isEqualTo(FAILED);
    }

    @Test
    void an_attempt_that_was_never_placed_is_made_good_whatever_the_attempts_limit() {
        assertThat(ContactDecision.afterNotPlaced(node(1), CompletionCode.NOT_PLACED, 1, false))
                .isEqualTo(new ContactDecision(JobContactState.RETRY_WAIT, Duration.ofSeconds(1)));
        assertThat(ContactDecision.afterNotPlaced(node(1), CompletionCode.NO_RESOURCE, 4, false))
                .isEqualTo(new ContactDecision(JobContactState.RETRY_WAIT, Duration.ofSeconds(8)));
        assertThat(ContactDecision.afterNotPlaced(node(1), CompletionCode.NO_RESOURCE, 19, false))
                .isEqualTo(new ContactDecision(JobContactState.RETRY_WAIT, Duration.ofMinutes(1)));
        assertThat(ContactDecision.afterNotPlaced(node(1), CompletionCode.NOT_PLACED, 20, false))
                .isEqualTo(FAILED);
    }

    @Test
    void a_rule_for_the_code_sets_the_pause_after_an_attempt_that_was_never_placed() {
        RetryRule rule = new RetryRule("Sys_No_Resource", LATER, 1);
        assertThat(ContactDecision.afterNotPlaced(node(1, rule), CompletionCode.NO_RESOURCE, 7, false))
                .isEqualTo(new ContactDecision(JobContactState.RETRY_WAIT, LATER));
    }

    @Test
    void only_the_two_codes_of_calls_that_never_reached_the_network_do_not_count() {
        assertThat(CompletionCode.values())
                .filteredOn(ContactDecision::neverPlaced)
                .containsExactly(CompletionCode.NO_RESOURCE, CompletionCode.NOT_PLACED);
    }
}
