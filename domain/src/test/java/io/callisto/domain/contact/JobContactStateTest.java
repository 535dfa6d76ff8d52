package io.callisto.domain.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class JobContactStateTest {

    @Test
    void completed_restricted_and_failed_are_final_and_nothing_else_is() {
        for (JobContactState state : JobContactState.values()) {
            boolean isFinal = EnumSet.of(JobContactState.COMPLETED, JobContactState.RESTRICTED, JobContactState.FAILED)
                    .contains(state);
            assertThat(state.terminal()).as("%s", state).isEqualTo(isFinal);
        }
    }

    @Test
    void only_a_contact_in_an_attempt_can_be_completed() {
        for (JobContactState state : JobContactState.values()) {
            assertThat(state.next().contains(JobContactState.COMPLETED))
                    .as("%s", state)
                    .isEqualTo(state == JobContactState.IN_ATTEMPT);
        }
    }

    @Test
    void every_open_contact_can_be_closed_when_its_job_is_stopped() {
        for (JobContactState state : JobContactState.values()) {
            if (!state.terminal()) {
                assertThat(state.next()).contains(JobContactState.FAILED);
            }
        }
    }

    @Test
    void no_state_follows_itself() {
        for (JobContactState state : JobContactState.values()) {
            assertThat(state.next()).doesNotContain(state);
        }
    }
}
