package io.callisto.domain.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AttemptStateTest {

    @Test
    void every_attempt_that_is_not_final_can_be_completed_at_once() {
        for (AttemptState state : AttemptState.values()) {
            if (state != AttemptState.COMPLETED) {
                assertThat(state.next()).contains(AttemptState.COMPLETED);
            }
        }
        assertThat(AttemptState.COMPLETED.next()).isEmpty();
    }

    @Test
    void phases_only_go_forward_so_that_a_late_report_moves_nothing_back() {
        for (AttemptState state : AttemptState.values()) {
            for (AttemptState next : state.next()) {
                assertThat(next).isGreaterThan(state);
            }
        }
    }
}
