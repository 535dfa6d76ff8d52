package io.callisto.gateway.legs;

import static io.callisto.gateway.legs.LegBench.JOB;
import static io.callisto.gateway.legs.LegBench.OTHER_ZONE;
import static io.callisto.gateway.legs.LegBench.ZONE;
import static io.callisto.gateway.legs.LegBench.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.gateway.client.AgentCommands;
import io.callisto.gateway.v1.CallEnd;
import io.callisto.gateway.v1.CallOutcome;
import io.callisto.gateway.v1.CallPhase;
import io.callisto.gateway.v1.CommandResult;
import io.callisto.gateway.v1.LegEnd;
import io.callisto.gateway.v1.LegEvent;
import io.callisto.gateway.v1.LegEventKind;
import io.callisto.ha.Scope;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandOverTest {
    @TempDir
    Path root;

    private LegBench bench;

    @BeforeEach
    void start() {
        bench = new LegBench(root.resolve("g1"));
        bench.up(5, 6);
    }

    @AfterEach
    void end() {
        bench.close();
    }

    @Test
    void a_call_belongs_to_whoever_placed_it_until_it_is_handed_over() {
        bench.place(JOB, 10);
        bench.pass(LegBench.ANSWER);
        assertThat(bench.bridge(5, 10)).isEqualTo(CommandResult.COMMAND_NOT_OWNER);
        assertThat(bench.run(AgentCommands.handOver(bench.command(), call(10), new Scope(ZONE))))
                .isEqualTo(CommandResult.COMMAND_NOT_OWNER);
        assertThat(bench.handOver(10)).isEqualTo(CommandResult.COMMAND_DONE);
        assertThat(bench.bridge(5, 10)).isEqualTo(CommandResult.COMMAND_DONE);
    }

    @Test
    void the_giver_can_neither_hang_up_nor_bridge_nor_give_it_to_another_afterwards() {
        bench.received(10);
        bench.exchange.announce(OTHER_ZONE, 1);
        bench.exchange.hangUp(JOB, 1, List.of(call(10)));
        assertThat(bench.resolveCall(10).getPhase()).isEqualTo(CallPhase.ANSWERED);
        assertThat(bench.run(JOB, 1, AgentCommands.hangUp(bench.command(), call(10))))
                .isEqualTo(CommandResult.COMMAND_NOT_OWNER);
        assertThat(bench.run(JOB, 1, AgentCommands.announce(bench.command(), call(10), "nuisance")))
                .isEqualTo(CommandResult.COMMAND_NOT_OWNER);
        assertThat(bench.run(JOB, 1, AgentCommands.handOver(bench.command(), call(10), new Scope(OTHER_ZONE))))
                .isEqualTo(CommandResult.COMMAND_NOT_OWNER);
        assertThat(bench.handOver(10)).isEqualTo(CommandResult.COMMAND_DONE);

        bench.exchange.hangUp(ZONE, 1, List.of(call(10)));
        assertThat(bench.resolveCall(10).getPhase()).isEqualTo(CallPhase.ENDED);
        assertThat(bench.kinds().stream().filter(kind -> kind == LegEventKind.EVENT_CALL_RECEIVED))
                .hasSize(1);
    }

    @Test
    void it_is_fenced_on_both_sides() {
        bench.place(JOB, 10);
        bench.place(JOB, 20);
        bench.pass(LegBench.ANSWER);
        assertThat(bench.handOver(20)).isEqualTo(CommandResult.COMMAND_DONE);
        bench.exchange.announce(JOB, 4);
        bench.exchange.announce(ZONE, 7);

        assertThat(bench.run(JOB, 3, AgentCommands.handOver(bench.command(), call(10), new Scope(ZONE))))
                .isEqualTo(CommandResult.COMMAND_STALE_EPOCH);
        assertThat(bench.run(ZONE, 6, AgentCommands.bridge(bench.command(), LegBench.leg(5), call(20))))
                .isEqualTo(CommandResult.COMMAND_STALE_EPOCH);
        assertThat(bench.run(JOB, 4, AgentCommands.handOver(bench.command(), call(10), new Scope(ZONE))))
                .isEqualTo(CommandResult.COMMAND_DONE);
        assertThat(bench.run(ZONE, 7, AgentCommands.bridge(bench.command(), LegBench.leg(5), call(20))))
                .isEqualTo(CommandResult.COMMAND_DONE);
        assertThat(bench.switchboard.list(ZONE, 7).getCallsCount()).isEqualTo(2);
    }

    @Test
    void a_receiver_that_was_never_here_and_calls_that_are_not_are_refused() {
        bench.place(JOB, 10);
        assertThat(bench.run(JOB, 1, AgentCommands.handOver(bench.command(), call(10), new Scope("agent-manager/9"))))
                .isEqualTo(CommandResult.COMMAND_SCOPE_UNKNOWN);
        assertThat(bench.handOver(11)).isEqualTo(CommandResult.COMMAND_CALL_UNKNOWN);
        bench.exchange.hangUp(JOB, 1, List.of(call(10)));
        assertThat(bench.handOver(10)).isEqualTo(CommandResult.COMMAND_CALL_ENDED);
        bench.exchange.resolve(JOB, 1, List.of(call(12)));
        assertThat(bench.handOver(12)).isEqualTo(CommandResult.COMMAND_CALL_UNKNOWN);
    }

    @Test
    void a_bridged_call_is_not_given_away_and_an_unbridged_one_can_go_back() {
        bench.received(10);
        bench.bridge(5, 10);
        assertThat(bench.run(AgentCommands.handOver(bench.command(), call(10), new Scope(JOB))))
                .isEqualTo(CommandResult.COMMAND_CALL_BUSY);
        bench.change(10, io.callisto.gateway.v1.BridgeChange.UNBRIDGE);
        assertThat(bench.run(AgentCommands.handOver(bench.command(), call(10), new Scope(JOB))))
                .isEqualTo(CommandResult.COMMAND_DONE);
        assertThat(bench.bridge(5, 10)).isEqualTo(CommandResult.COMMAND_NOT_OWNER);
        bench.exchange.hangUp(JOB, 1, List.of(call(10)));
        assertThat(bench.resolveCall(10).getPhase()).isEqualTo(CallPhase.ENDED);
        List<LegEvent> events = bench.events();
        assertThat(events.get(events.size() - 1).getKind()).isEqualTo(LegEventKind.EVENT_CALL_GIVEN);
    }

    @Test
    void a_zone_that_placed_the_call_itself_needs_no_hand_over() {
        bench.place(ZONE, 10);
        assertThat(bench.bridge(5, 10)).isEqualTo(CommandResult.COMMAND_DONE);
        bench.pass(LegBench.ANSWER);
        assertThat(bench.bridgeNow().getMode()).isEqualTo(io.callisto.gateway.v1.BridgeMode.BRIDGE_TALKING);
        bench.pass(LegBench.TALK);
        assertThat(bench.resolveCall(10).getPhase()).isEqualTo(CallPhase.ENDED);
    }

    @Test
    void calls_that_were_never_handed_over_go_on_as_without_agents() {
        bench.place(JOB, 10);
        bench.pass(LegBench.ANSWER.plusSeconds(10));
        assertThat(bench.resolveCall(10).getPhase()).isEqualTo(CallPhase.ENDED);
        assertThat(bench.events(JOB, 0)).isEmpty();
    }

    @Test
    @Requirement({"FS-5", "AM-12", "AM-15"})
    void after_a_crash_everything_is_lost_and_told_once_to_the_zone_and_the_feed_goes_on() {
        bench.received(10, 20);
        bench.bridge(5, 10);
        bench.change(10, io.callisto.gateway.v1.BridgeChange.HOLD);
        List<LegEvent> before = bench.events();

        try (LegBench again = bench.crash(root.resolve("crashed"))) {
            assertThat(again.lostLegs).isEqualTo(2);
            assertThat(again.resolve(5).getEnd()).isEqualTo(LegEnd.LEG_LOST);
            assertThat(again.resolveCall(10).getOutcome()).isEqualTo(CallOutcome.LOST);
            assertThat(again.switchboard.list(ZONE, 1).getLegsList()).isEmpty();
            List<LegEvent> after =
                    again.events(ZONE, before.get(before.size() - 1).getSequence());
            assertThat(after)
                    .extracting(LegEvent::getKind)
                    .containsExactly(
                            LegEventKind.EVENT_BRIDGE_OVER,
                            LegEventKind.EVENT_CALL_ENDED,
                            LegEventKind.EVENT_CALL_ENDED,
                            LegEventKind.EVENT_LEG_ENDED,
                            LegEventKind.EVENT_LEG_ENDED);
            assertThat(after.get(1).getCallEnd()).isEqualTo(CallEnd.ENDED_BY_LOSS);
            assertThat(again.events().subList(0, before.size())).isEqualTo(before);
            again.up(7);

            try (LegBench third = again.crash(root.resolve("crashed again"))) {
                assertThat(third.lostLegs).isEqualTo(1);
                List<LegEvent> all = third.events();
                for (int i = 0; i < all.size(); i++) {
                    assertThat(all.get(i).getSequence()).isEqualTo(i + 1);
                }
                assertThat(all).hasSize(before.size() + after.size() + 3);
            }
        }
    }
}
