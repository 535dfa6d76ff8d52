package io.callisto.domain.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.callisto.domain.Requirement;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Random commands and events on three agents who consult one another; see {@link AgentWorld} for what is checked. */
class AgentWorldTest {
    private static final int SEEDS = Integer.getInteger("callisto.agents.seeds", 100);
    private static final int STEPS = 700;

    @Test
    @Requirement({"AM-6", "AM-14"})
    void whatever_happens_nobody_stays_busy_for_ever_and_no_customer_is_left_alone() {
        Seen seen = new Seen();
        for (int seed = 0; seed < SEEDS; seed++) {
            AgentWorld world = new AgentWorld(seed, seen);
            for (int n = 0; n < STEPS; n++) {
                world.step();
            }
            world.comeToRest();
        }
        assertAll(
                () -> requireAll(seen.agents, AgentState.class, AgentState::next),
                () -> requireAll(seen.calls, CallState.class, CallState::next),
                () -> requireAll(seen.jobs, AgentJobState.class, AgentJobState::next),
                () -> requireAll(seen.nails, NailState.class, NailState::next));
        assertThat(seen.effects).as("kinds of effect").containsExactlyInAnyOrder(AgentEffect.Kind.values());
        assertThat(seen.inputs).as("kinds of input").containsExactlyInAnyOrder(AgentInput.Kind.values());
        assertThat(seen.commands)
                .as("kinds of command")
                .contains(EnumSet.complementOf(EnumSet.of(AgentCommand.Kind.LOGON))
                        .toArray(AgentCommand.Kind[]::new));
        assertThat(seen.busy).as("busy states").containsExactlyInAnyOrder(BusyState.values());
    }

    @Test
    void the_same_seed_gives_the_same_run() {
        assertThat(trace(42)).isEqualTo(trace(42));
    }

    private static String trace(int seed) {
        AgentWorld world = new AgentWorld(seed, new Seen());
        for (int n = 0; n < STEPS; n++) {
            world.step();
        }
        return world.toString();
    }

    /** A move that no run ever takes is one too many in the table, or one too few in the runs. */
    private static <S extends Enum<S>> void requireAll(Map<S, Set<S>> taken, Class<S> type, Function<S, Set<S>> next) {
        Map<S, Set<S>> table = new EnumMap<>(type);
        for (S from : type.getEnumConstants()) {
            table.put(from, next.apply(from));
        }
        assertThat(taken).as("moves of %s", type.getSimpleName()).isEqualTo(table);
    }

    /** What all runs together have seen. */
    static final class Seen {
        final Map<AgentState, Set<AgentState>> agents = new EnumMap<>(AgentState.class);
        final Map<CallState, Set<CallState>> calls = new EnumMap<>(CallState.class);
        final Map<AgentJobState, Set<AgentJobState>> jobs = new EnumMap<>(AgentJobState.class);
        final Map<NailState, Set<NailState>> nails = new EnumMap<>(NailState.class);
        final Set<AgentEffect.Kind> effects = EnumSet.noneOf(AgentEffect.Kind.class);
        final Set<AgentInput.Kind> inputs = EnumSet.noneOf(AgentInput.Kind.class);
        final Set<AgentCommand.Kind> commands = EnumSet.noneOf(AgentCommand.Kind.class);
        final Set<BusyState> busy = EnumSet.noneOf(BusyState.class);

        void moves(AgentEffect.States from, AgentEffect.States to) {
            move(agents, AgentState.class, from.agent(), to.agent());
            move(calls, CallState.class, from.call(), to.call());
            move(jobs, AgentJobState.class, from.job(), to.job());
            move(nails, NailState.class, from.nail(), to.nail());
        }

        private static <S extends Enum<S>> void move(Map<S, Set<S>> taken, Class<S> type, S from, S to) {
            if (from != to) {
                taken.computeIfAbsent(from, any -> EnumSet.noneOf(type)).add(to);
            }
        }
    }
}
