package io.callisto.domain.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.domain.InvariantBroken;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobStateTest {

    @Test
    void every_state_can_be_reached_from_queued() {
        assertThat(reachableFrom(JobState.QUEUED)).containsExactlyInAnyOrder(JobState.values());
    }

    @Test
    void a_job_can_end_from_every_state() {
        for (JobState state : JobState.values()) {
            Set<JobState> reachable = reachableFrom(state);
            assertThat(reachable.stream().anyMatch(JobState::terminal))
                    .as("an end from %s", state)
                    .isTrue();
        }
    }

    @Test
    void only_stopped_completed_and_failed_are_final() {
        Set<JobState> terminal = EnumSet.noneOf(JobState.class);
        for (JobState state : JobState.values()) {
            if (state.terminal()) {
                terminal.add(state);
            }
        }
        assertThat(terminal).containsExactly(JobState.STOPPED, JobState.COMPLETED, JobState.FAILED);
    }

    @Test
    void a_legal_move_is_made_and_an_illegal_one_is_a_bug() {
        for (JobState from : JobState.values()) {
            for (JobState to : JobState.values()) {
                if (from.next().contains(to)) {
                    assertThat(from.move(to)).isEqualTo(to);
                } else {
                    assertThatThrownBy(() -> from.move(to))
                            .isInstanceOf(InvariantBroken.class)
                            .hasMessageContaining("INV-8")
                            .hasMessageContaining(from + " to " + to);
                }
            }
        }
    }

    private static Set<JobState> reachableFrom(JobState start) {
        Set<JobState> seen = EnumSet.of(start);
        Deque<JobState> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            for (JobState next : open.remove().next()) {
                if (seen.add(next)) {
                    open.add(next);
                }
            }
        }
        return seen;
    }
}
