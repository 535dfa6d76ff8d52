package io.callisto.domain.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobDecisionTest {

    @Test
    void no_decision_ever_names_a_move_that_the_table_forbids() {
        for (JobState state : JobState.values()) {
            for (int bits = 0; bits < 16; bits++) {
                boolean wanted = (bits & 1) != 0;
                for (JobCommand command : JobCommand.values()) {
                    assertLegal(state, JobDecision.onCommand(state, wanted, command));
                }
                assertLegal(
                        state, JobDecision.onSweep(state, wanted, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0));
            }
        }
        assertLegal(JobState.FILTER_IN_PROGRESS, JobDecision.onFiltered(true));
        assertLegal(JobState.FILTER_IN_PROGRESS, JobDecision.onFiltered(false));
    }

    @Test
    void every_move_of_the_table_but_a_failure_is_taken_by_some_decision() {
        Map<JobState, Set<JobState>> taken = new EnumMap<>(JobState.class);
        for (JobState state : JobState.values()) {
            Set<JobState> moves = moves(taken, state);
            for (JobCommand command : JobCommand.values()) {
                add(moves, JobDecision.onCommand(state, false, command));
            }
            for (int bits = 0; bits < 8; bits++) {
                add(moves, JobDecision.onSweep(state, false, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0));
            }
        }
        add(moves(taken, JobState.FILTER_IN_PROGRESS), JobDecision.onFiltered(true));
        add(moves(taken, JobState.FILTER_IN_PROGRESS), JobDecision.onFiltered(false));
        moves(taken, JobState.QUEUED).add(JobState.FILTER_IN_PROGRESS);
        for (JobState state : JobState.values()) {
            Set<JobState> expected = EnumSet.noneOf(JobState.class);
            expected.addAll(state.next());
            expected.remove(JobState.FAILED);
            assertThat(moves(taken, state)).as("moves from %s", state).isEqualTo(expected);
        }
    }

    @Test
    @Requirement("CD-7")
    void a_pause_before_the_job_can_be_paused_is_remembered_until_the_filter_is_done() {
        for (JobState early : EnumSet.of(JobState.QUEUED, JobState.FILTER_IN_PROGRESS)) {
            JobDecision pause = JobDecision.onCommand(early, false, JobCommand.PAUSE);
            assertThat(pause).isEqualTo(new JobDecision(null, true, null));
            assertThat(JobDecision.onFiltered(pause.wantedPause()).next()).isEqualTo(JobState.PAUSED);

            JobDecision resume = JobDecision.onCommand(early, true, JobCommand.RESUME);
            assertThat(JobDecision.onFiltered(resume.wantedPause()).next()).isEqualTo(JobState.RUNNING);
        }
    }

    @Test
    void a_command_that_is_fulfilled_already_changes_nothing() {
        assertThat(JobDecision.onCommand(JobState.PAUSED, false, JobCommand.PAUSE))
                .isEqualTo(new JobDecision(null, false, null));
        assertThat(JobDecision.onCommand(JobState.RUNNING, false, JobCommand.RESUME))
                .isEqualTo(new JobDecision(null, false, null));
        assertThat(JobDecision.onCommand(JobState.STOPPED, false, JobCommand.STOP))
                .isEqualTo(new JobDecision(null, false, null));
    }

    @Test
    void a_finished_job_refuses_with_its_state_in_the_reason() {
        for (JobCommand command : JobCommand.values()) {
            assertThat(JobDecision.onCommand(JobState.COMPLETED, false, command).refusal())
                    .contains("COMPLETED");
            assertThat(JobDecision.onCommand(JobState.FAILED, false, command).refusal())
                    .contains("FAILED");
        }
    }

    @Test
    void a_running_job_completes_only_when_it_is_finite_and_nothing_is_open() {
        assertThat(JobDecision.onSweep(JobState.RUNNING, false, true, false, false)
                        .next())
                .isEqualTo(JobState.COMPLETED);
        assertThat(JobDecision.onSweep(JobState.RUNNING, false, true, true, false)
                        .next())
                .isNull();
        assertThat(JobDecision.onSweep(JobState.RUNNING, false, true, false, true)
                        .next())
                .isNull();
        assertThat(JobDecision.onSweep(JobState.RUNNING, false, false, false, false)
                        .next())
                .isNull();
    }

    @Test
    void a_pausing_job_waits_for_its_calls() {
        assertThat(JobDecision.onSweep(JobState.PAUSING, false, true, true, true)
                        .next())
                .isNull();
        assertThat(JobDecision.onSweep(JobState.PAUSING, false, true, true, false)
                        .next())
                .isEqualTo(JobState.PAUSED);
        assertThat(JobDecision.onSweep(JobState.PAUSING, false, true, false, false)
                        .next())
                .isEqualTo(JobState.COMPLETED);
    }

    @Test
    void a_stopping_job_waits_for_its_calls_then_closes_the_rest_then_is_stopped() {
        assertThat(JobDecision.closesWaiting(JobState.STOPPING, true, true)).isFalse();
        assertThat(JobDecision.closesWaiting(JobState.STOPPING, true, false)).isTrue();
        assertThat(JobDecision.closesWaiting(JobState.RUNNING, true, false)).isFalse();
        assertThat(JobDecision.onSweep(JobState.STOPPING, false, true, true, false)
                        .next())
                .isNull();
        assertThat(JobDecision.onSweep(JobState.STOPPING, false, true, false, true)
                        .next())
                .isNull();
        assertThat(JobDecision.onSweep(JobState.STOPPING, false, true, false, false)
                        .next())
                .isEqualTo(JobState.STOPPED);
    }

    private static Set<JobState> moves(Map<JobState, Set<JobState>> taken, JobState from) {
        return taken.computeIfAbsent(from, state -> EnumSet.noneOf(JobState.class));
    }

    private static void assertLegal(JobState state, JobDecision decision) {
        JobState next = decision.next();
        if (next != null) {
            assertThat(state.next()).contains(next);
            assertThat(decision.refusal()).isNull();
        }
    }

    private static void add(Set<JobState> moves, JobDecision decision) {
        JobState next = decision.next();
        if (next != null) {
            moves.add(next);
        }
    }
}
