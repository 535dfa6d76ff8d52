package io.callisto.gateway.legs;

import static io.callisto.gateway.legs.LegBench.JOB;
import static io.callisto.gateway.legs.LegBench.OTHER_ZONE;
import static io.callisto.gateway.legs.LegBench.ZONE;
import static io.callisto.gateway.legs.LegBench.leg;
import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.gateway.client.AgentCommands;
import io.callisto.gateway.v1.AgentCommand;
import io.callisto.gateway.v1.CommandResult;
import io.callisto.gateway.v1.LegEnd;
import io.callisto.gateway.v1.LegEventKind;
import io.callisto.gateway.v1.LegPhase;
import io.callisto.gateway.v1.LegState;
import io.callisto.gateway.v1.ListLegsReply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LegsTest {
    @TempDir
    Path root;

    private LegBench bench;

    @BeforeEach
    void start() {
        bench = new LegBench(root.resolve("g1"));
    }

    @AfterEach
    void end() {
        bench.close();
    }

    @Test
    void a_phone_rings_and_is_up_until_it_is_dropped() {
        assertThat(bench.nail(5)).isEqualTo(CommandResult.COMMAND_DONE);
        assertThat(bench.resolve(5).getPhase()).isEqualTo(LegPhase.LEG_RINGING);
        bench.advance(LegBench.RING);
        assertThat(bench.resolve(5).getPhase()).isEqualTo(LegPhase.LEG_UP);
        bench.advance(Duration.ofHours(8));
        assertThat(bench.drop(5)).isEqualTo(CommandResult.COMMAND_DONE);

        LegState ended = bench.resolve(5);
        assertThat(ended.getEnd()).isEqualTo(LegEnd.LEG_DROPPED);
        assertThat(ended.getUpAtEpochMillis() - ended.getRungAtEpochMillis()).isEqualTo(1_000);
        assertThat(ended.getEndedAtEpochMillis() - ended.getUpAtEpochMillis())
                .isEqualTo(Duration.ofHours(8).toMillis());
        assertThat(bench.drop(5)).isEqualTo(CommandResult.COMMAND_DONE);
        assertThat(bench.kinds())
                .containsExactly(
                        LegEventKind.EVENT_LEG_RINGING, LegEventKind.EVENT_LEG_UP, LegEventKind.EVENT_LEG_ENDED);
    }

    @Test
    void a_phone_that_is_not_answered_says_why() {
        bench.nail(1, "1001");
        bench.nail(2, "1002");
        bench.nail(3, "1003");
        bench.advance(LegBench.RING);
        assertThat(bench.resolve(1).getEnd()).isEqualTo(LegEnd.PHONE_BUSY);
        assertThat(bench.resolve(2).getPhase()).isEqualTo(LegPhase.LEG_RINGING);
        assertThat(bench.resolve(3).getEnd()).isEqualTo(LegEnd.PHONE_FAILED);
        bench.advance(Duration.ofSeconds(9));
        assertThat(bench.resolve(2).getEnd()).isEqualTo(LegEnd.PHONE_NO_ANSWER);
    }

    @Test
    void a_phone_may_hang_up_by_itself() {
        try (LegBench drops = new LegBench(root.resolve("drops"), LegBench.phones(1))) {
            drops.up(5);
            drops.pass(Duration.ofMinutes(10));
            assertThat(drops.resolve(5).getEnd()).isEqualTo(LegEnd.PHONE_HUNG_UP);
        }
    }

    @Test
    void the_same_command_is_answered_with_its_first_result_and_rings_once() {
        AgentCommand nail = AgentCommands.nailUp(bench.command(), leg(5), "agent5", "100", Duration.ofSeconds(10));
        assertThat(bench.run(nail)).isEqualTo(CommandResult.COMMAND_DONE);
        assertThat(bench.run(nail)).isEqualTo(CommandResult.COMMAND_DONE);
        assertThat(bench.run(ZONE, 2, nail)).isEqualTo(CommandResult.COMMAND_DONE);
        assertThat(bench.run(ZONE, 2, AgentCommands.drop(bench.command(), leg(5))))
                .isEqualTo(CommandResult.COMMAND_DONE);
        assertThat(bench.run(ZONE, 2, nail)).isEqualTo(CommandResult.COMMAND_DONE);

        assertThat(bench.kinds()).containsExactly(LegEventKind.EVENT_LEG_RINGING, LegEventKind.EVENT_LEG_ENDED);
        assertThat(bench.run(
                        ZONE,
                        2,
                        AgentCommands.nailUp(bench.command(), leg(5), "agent5", "100", Duration.ofSeconds(10))))
                .isEqualTo(CommandResult.COMMAND_LEG_SEEN);
    }

    @Test
    void a_command_whose_result_is_forgotten_is_too_late() {
        AgentCommand nail = AgentCommands.nailUp(bench.command(), leg(5), "agent5", "100", Duration.ofSeconds(10));
        long ticket = bench.exchange.ticket();
        CommandOrder order = new CommandOrder(ZONE, 1, CommandOrder.MAX_TTL_MILLIS, ticket, List.of(nail));
        assertThat(bench.switchboard.execute(order).results()).containsExactly(CommandResult.COMMAND_DONE);
        for (int i = 0; i < 700; i++) {
            bench.advance(Duration.ofSeconds(1));
            bench.drop(4);
            assertThat(bench.switchboard.execute(order).results())
                    .containsAnyOf(CommandResult.COMMAND_DONE, CommandResult.COMMAND_TOO_LATE);
        }
        assertThat(bench.switchboard.execute(order).results()).containsExactly(CommandResult.COMMAND_TOO_LATE);
        assertThat(bench.kinds()).containsExactly(LegEventKind.EVENT_LEG_RINGING, LegEventKind.EVENT_LEG_UP);
    }

    @Test
    void an_old_ticket_and_one_of_before_a_restart_ring_nothing() {
        long ticket = bench.exchange.ticket();
        AgentCommand nail = AgentCommands.nailUp(bench.command(), leg(5), "agent5", "100", Duration.ofSeconds(10));
        CommandOrder order = new CommandOrder(ZONE, 1, 5_000, ticket, List.of(nail));
        try (LegBench again = bench.crash(root.resolve("crashed"))) {
            assertThat(again.switchboard.execute(order).results()).containsExactly(CommandResult.COMMAND_TOO_LATE);
            assertThat(again.switchboard.list(ZONE, 1).getLegsList()).isEmpty();
        }
        bench.advance(Duration.ofMillis(5_001));
        assertThat(bench.switchboard.execute(order).results()).containsExactly(CommandResult.COMMAND_TOO_LATE);
    }

    @Test
    void an_unknown_leg_gets_a_tombstone_that_outlives_the_process() {
        assertThat(bench.resolve(5).getPhase()).isEqualTo(LegPhase.LEG_NEVER_NAILED);
        assertThat(bench.nail(5)).isEqualTo(CommandResult.COMMAND_LEG_SEEN);
        assertThat(bench.drop(5)).isEqualTo(CommandResult.COMMAND_LEG_UNKNOWN);

        try (LegBench again = bench.crash(root.resolve("crashed"))) {
            assertThat(again.nail(5)).isEqualTo(CommandResult.COMMAND_LEG_SEEN);
            assertThat(again.resolve(5).getPhase()).isEqualTo(LegPhase.LEG_NEVER_NAILED);
            assertThat(again.events()).isEmpty();
        }
    }

    @Test
    @Requirement("AM-12")
    void legs_outlive_their_owner_and_the_next_one_reads_them_all() {
        bench.up(5, 6);
        bench.nail(7);
        bench.exchange.announce(ZONE, 9);

        ListLegsReply list = bench.switchboard.list(ZONE, 9);
        assertThat(list.getLegsList())
                .extracting(LegState::getAgentId, LegState::getPhase)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("agent5", LegPhase.LEG_UP),
                        org.assertj.core.groups.Tuple.tuple("agent6", LegPhase.LEG_UP),
                        org.assertj.core.groups.Tuple.tuple("agent7", LegPhase.LEG_RINGING));
        assertThat(list.getSequence()).isEqualTo(5);
        assertThat(list.getLoad().getLiveLegs()).isEqualTo(3);
    }

    @Test
    void a_lower_epoch_can_do_nothing() {
        bench.up(5);
        bench.received(10);
        bench.bridge(5, 10);
        bench.exchange.announce(ZONE, 3);

        assertThat(bench.nail(6)).isEqualTo(CommandResult.COMMAND_STALE_EPOCH);
        assertThat(bench.drop(5)).isEqualTo(CommandResult.COMMAND_STALE_EPOCH);
        assertThat(bench.bridge(5, 10)).isEqualTo(CommandResult.COMMAND_STALE_EPOCH);
        assertThat(bench.change(10, io.callisto.gateway.v1.BridgeChange.HOLD))
                .isEqualTo(CommandResult.COMMAND_STALE_EPOCH);
        assertThat(bench.switchboard.list(ZONE, 2).getAccepted()).isFalse();
        assertThat(bench.switchboard.resolve(ZONE, 2, List.of(leg(5))).getAccepted())
                .isFalse();
        assertThat(bench.switchboard.watch(ZONE, 2, java.util.OptionalLong.empty(), new LegBench.Stream()))
                .isNull();
        assertThat(bench.switchboard.list(ZONE, 3).getBridges(0).getMode())
                .isEqualTo(io.callisto.gateway.v1.BridgeMode.BRIDGE_TALKING);
    }

    @Test
    void a_leg_of_one_zone_is_unknown_to_another() {
        bench.up(5);
        assertThat(bench.run(OTHER_ZONE, 1, AgentCommands.drop(bench.command(), leg(5))))
                .isEqualTo(CommandResult.COMMAND_LEG_UNKNOWN);
        assertThat(bench.switchboard.list(OTHER_ZONE, 1).getLegsList()).isEmpty();
        assertThat(bench.switchboard
                        .resolve(OTHER_ZONE, 1, List.of(leg(5)))
                        .getLegs(0)
                        .getPhase())
                .isEqualTo(LegPhase.LEG_PHASE_UNSPECIFIED);
        assertThat(bench.run(
                        OTHER_ZONE,
                        1,
                        AgentCommands.nailUp(bench.command(), leg(5), "x", "100", Duration.ofSeconds(10))))
                .isEqualTo(CommandResult.COMMAND_LEG_SEEN);
    }

    @Test
    void legs_and_calls_have_ports_of_their_own() {
        for (int i = 0; i < LegBench.LEG_CAPACITY; i++) {
            assertThat(bench.nail(10 + i)).isEqualTo(CommandResult.COMMAND_DONE);
        }
        assertThat(bench.nail(99)).isEqualTo(CommandResult.COMMAND_NO_CAPACITY);
        bench.place(JOB, 10);
        assertThat(bench.exchange.status().liveCalls()).isEqualTo(1);
        bench.drop(10);
        assertThat(bench.nail(99)).isEqualTo(CommandResult.COMMAND_DONE);
        assertThat(bench.switchboard.load().getLiveLegs()).isEqualTo(LegBench.LEG_CAPACITY);
    }

    @Test
    @Requirement("FS-4")
    void a_draining_gateway_takes_no_new_legs_and_tells_it_and_the_others_go_on_until_it_stops() {
        bench.up(5);
        bench.received(10);
        LegBench.Stream stream = new LegBench.Stream();
        bench.switchboard.watch(ZONE, 1, java.util.OptionalLong.empty(), stream);
        bench.exchange.drain();

        assertThat(bench.nail(6)).isEqualTo(CommandResult.COMMAND_DRAINING);
        assertThat(bench.bridge(5, 10)).isEqualTo(CommandResult.COMMAND_DONE);
        bench.settle();
        assertThat(stream.batches.get(stream.batches.size() - 1).getLoad().getDraining())
                .isTrue();
        bench.exchange.endAll();
        bench.settle();
        assertThat(stream.events())
                .extracting(io.callisto.gateway.v1.LegEvent::getKind)
                .containsExactly(
                        LegEventKind.EVENT_TALK,
                        LegEventKind.EVENT_BRIDGE_OVER,
                        LegEventKind.EVENT_CALL_ENDED,
                        LegEventKind.EVENT_LEG_ENDED);
        assertThat(bench.resolve(5).getEnd()).isEqualTo(LegEnd.LEG_GATEWAY_STOPPED);
    }

    @Test
    void a_leg_lent_to_another_gateway_is_busy_here_until_it_is_taken_back() {
        bench.up(5);
        bench.received(10);
        assertThat(bench.run(AgentCommands.lend(bench.command(), leg(5), "g2"))).isEqualTo(CommandResult.COMMAND_DONE);
        assertThat(bench.bridge(5, 10)).isEqualTo(CommandResult.COMMAND_LEG_BUSY);
        assertThat(bench.run(AgentCommands.lend(bench.command(), leg(5), "g3")))
                .isEqualTo(CommandResult.COMMAND_LEG_BUSY);
        assertThat(bench.resolve(5).getLentTo()).isEqualTo("g2");
        assertThat(bench.run(AgentCommands.takeBack(bench.command(), leg(5)))).isEqualTo(CommandResult.COMMAND_DONE);
        assertThat(bench.bridge(5, 10)).isEqualTo(CommandResult.COMMAND_DONE);
        assertThat(bench.run(AgentCommands.lend(bench.command(), leg(5), "g2")))
                .isEqualTo(CommandResult.COMMAND_LEG_BUSY);
    }

    @Test
    void an_agent_on_another_gateway_talks_through_a_trunk_that_ends_with_the_call() {
        bench.received(10);
        assertThat(bench.bridge(5, 10)).isEqualTo(CommandResult.COMMAND_LEG_UNKNOWN);
        bench.run(AgentCommands.trunk(bench.command(), leg(6), "agent5", "g2", Duration.ofSeconds(5)));
        assertThat(bench.bridge(6, 10)).isEqualTo(CommandResult.COMMAND_LEG_NOT_UP);
        bench.advance(Duration.ofMillis(100));
        assertThat(bench.bridge(6, 10)).isEqualTo(CommandResult.COMMAND_DONE);
        assertThat(bench.bridgeNow().getOwnerAgentId()).isEqualTo("agent5");
        bench.pass(LegBench.TALK);

        assertThat(bench.resolve(6).getEnd()).isEqualTo(LegEnd.LEG_CALL_OVER);
    }

    @Test
    void orders_that_cannot_be_meant_are_invalid() {
        Duration ring = Duration.ofSeconds(10);
        assertThat(bench.run(AgentCommands.nailUp(bench.command(), leg(5), "", "100", ring)))
                .isEqualTo(CommandResult.COMMAND_INVALID);
        assertThat(bench.run(AgentCommands.nailUp(bench.command(), leg(5), "a", "no number", ring)))
                .isEqualTo(CommandResult.COMMAND_INVALID);
        assertThat(bench.run(AgentCommands.nailUp(bench.command(), leg(5), "a", "100", Duration.ZERO)))
                .isEqualTo(CommandResult.COMMAND_INVALID);
        assertThat(bench.run(AgentCommand.getDefaultInstance())).isEqualTo(CommandResult.COMMAND_INVALID);
        assertThat(bench.run(AgentCommands.lend(bench.command(), leg(5), ""))).isEqualTo(CommandResult.COMMAND_INVALID);
        assertThat(bench.run(AgentCommands.dtmf(bench.command(), LegBench.call(1), "12x")))
                .isEqualTo(CommandResult.COMMAND_INVALID);
        assertThat(bench.events()).isEmpty();
    }
}
