package io.callisto.domain.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.domain.InvariantBroken;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class AgentStatesTest {

    @Test
    void readiness_moves_along_its_table() {
        check(AgentState.class, AgentState::next, AgentState::move);
    }

    @Test
    void calls_move_along_their_table() {
        check(CallState.class, CallState::next, CallState::move);
    }

    @Test
    void the_tie_to_jobs_moves_along_its_table() {
        check(AgentJobState.class, AgentJobState::next, AgentJobState::move);
    }

    @Test
    void nailing_moves_along_its_table() {
        check(NailState.class, NailState::next, NailState::move);
    }

    @Test
    void every_session_can_end_from_every_state() {
        for (AgentState state : AgentState.values()) {
            assertThat(state == AgentState.LOGGED_OUT || state.next().contains(AgentState.LOGGED_OUT))
                    .as("logout from %s", state)
                    .isTrue();
        }
        for (AgentJobState state : AgentJobState.values()) {
            assertThat(state == AgentJobState.NOT_ATTACHED || state.next().contains(AgentJobState.NOT_ATTACHED))
                    .as("detached from %s", state)
                    .isTrue();
        }
    }

    @Test
    void a_pending_wish_is_shown_before_the_call_that_it_waits_for() {
        assertThat(AgentView.of(AgentState.READY, CallState.IDLE)).isEqualTo(AgentView.READY);
        assertThat(AgentView.of(AgentState.READY, CallState.HELD)).isEqualTo(AgentView.BUSY);
        assertThat(AgentView.of(AgentState.READY, CallState.WRAPUP)).isEqualTo(AgentView.WORK_NOT_READY);
        assertThat(AgentView.of(AgentState.PENDING_NOT_READY, CallState.TALKING))
                .isEqualTo(AgentView.PENDING_NOT_READY);
        assertThat(AgentView.of(AgentState.PENDING_LOGOUT, CallState.WRAPUP)).isEqualTo(AgentView.PENDING_LOGOUT);
        assertThat(AgentView.of(AgentState.NOT_READY, CallState.IDLE)).isEqualTo(AgentView.NOT_READY);
        assertThat(AgentView.of(AgentState.LOGGED_OUT, CallState.IDLE)).isEqualTo(AgentView.LOGGED_OUT);
    }

    /** All states can be reached from the first and lead back to it; moves outside of the table are bugs. */
    private static <S extends Enum<S>> void check(Class<S> type, Function<S, Set<S>> next, BiFunction<S, S, S> move) {
        S[] all = type.getEnumConstants();
        for (S from : all) {
            assertThat(reachable(type, next, from)).as("from %s", from).containsExactlyInAnyOrder(all);
            for (S to : all) {
                if (next.apply(from).contains(to)) {
                    assertThat(move.apply(from, to)).isEqualTo(to);
                } else {
                    assertThatThrownBy(() -> move.apply(from, to))
                            .isInstanceOf(InvariantBroken.class)
                            .hasMessageContaining("INV-8")
                            .hasMessageContaining(from + " to " + to);
                }
            }
        }
    }

    private static <S extends Enum<S>> Set<S> reachable(Class<S> type, Function<S, Set<S>> next, S start) {
        Set<S> seen = EnumSet.noneOf(type);
        Deque<S> open = new ArrayDeque<>(next.apply(start));
        seen.add(start);
        while (!open.isEmpty()) {
            S state = open.remove();
            if (seen.add(state)) {
                open.addAll(next.apply(state));
            }
        }
        return seen;
    }
}
