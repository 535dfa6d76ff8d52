package io.callisto.gateway.legs;

import static io.callisto.gateway.legs.LegBench.call;
import static io.callisto.gateway.legs.LegBench.leg;
import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.gateway.client.AgentCommands;
import io.callisto.gateway.v1.AgentCommand;
import io.callisto.gateway.v1.BridgeChange;
import io.callisto.gateway.v1.BridgeEnd;
import io.callisto.gateway.v1.BridgeMode;
import io.callisto.gateway.v1.CallEnd;
import io.callisto.gateway.v1.CallPhase;
import io.callisto.gateway.v1.CommandResult;
import io.callisto.gateway.v1.LegEnd;
import io.callisto.gateway.v1.LegEvent;
import io.callisto.gateway.v1.LegEventKind;
import io.callisto.gateway.v1.LegPhase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridgesTest {
    @TempDir
    Path root;

    private LegBench bench;

    @BeforeEach
    void start() {
        bench = new LegBench(root.resolve("g1"));
        bench.up(5, 6, 7);
        bench.received(10);
    }

    @AfterEach
    void end() {
        bench.close();
    }

    @Test
    void agent_and_customer_talk_until_the_customer_hangs_up() {
        done(bench.bridge(5, 10));
        assertThat(bench.bridgeNow().getMode()).isEqualTo(BridgeMode.BRIDGE_TALKING);
        bench.pass(LegBench.TALK.minusSeconds(1));
        assertThat(bench.bridgeNow().getMode()).isEqualTo(BridgeMode.BRIDGE_TALKING);
        bench.pass(Duration.ofSeconds(1));

        assertThat(bench.resolve(5).getPhase()).isEqualTo(LegPhase.LEG_UP);
        assertThat(bench.resolve(5).getAttemptId()).isEmpty();
        List<LegEvent> events = since(LegEventKind.EVENT_TALK);
        assertThat(events)
                .extracting(LegEvent::getKind)
                .containsExactly(
                        LegEventKind.EVENT_TALK, LegEventKind.EVENT_BRIDGE_OVER, LegEventKind.EVENT_CALL_ENDED);
        assertThat(events.get(0).getBridge().getOwnerAgentId()).isEqualTo("agent5");
        assertThat(events.get(0).getBridge().getBridgeId())
                .isEqualTo(events.get(0).getSequence());
        assertThat(events.get(1).getBridge().getEnd()).isEqualTo(BridgeEnd.BRIDGE_CALL_ENDED);
        assertThat(events.get(2).getCallEnd()).isEqualTo(CallEnd.ENDED_BY_FAR_END);
        assertThat(events.get(2).getCall().getEndedAtEpochMillis()
                        - events.get(0).getBridge().getTalkingAtEpochMillis())
                .isEqualTo(60_000);
    }

    @Test
    void a_customer_without_an_agent_hangs_up_when_patience_ends() {
        bench.pass(LegBench.PATIENCE.minusSeconds(1));
        assertThat(bench.resolveCall(10).getPhase()).isEqualTo(CallPhase.ANSWERED);
        bench.pass(Duration.ofSeconds(1));
        assertThat(bench.resolveCall(10).getPhase()).isEqualTo(CallPhase.ENDED);
        assertThat(bench.bridge(5, 10)).isEqualTo(CommandResult.COMMAND_CALL_ENDED);
    }

    @Test
    void a_call_bridged_before_its_answer_connects_when_it_comes() {
        bench.place(LegBench.JOB, 20);
        done(bench.handOver(20));
        done(bench.bridge(5, 20));
        assertThat(bench.bridgeNow().getMode()).isEqualTo(BridgeMode.BRIDGE_WAITING);
        assertThat(bench.change(20, BridgeChange.HOLD)).isEqualTo(CommandResult.COMMAND_WRONG_MODE);
        bench.pass(LegBench.ANSWER);

        assertThat(bench.bridgeNow().getMode()).isEqualTo(BridgeMode.BRIDGE_TALKING);
        assertThat(since(LegEventKind.EVENT_BRIDGE_WAITING))
                .extracting(LegEvent::getKind)
                .containsExactly(
                        LegEventKind.EVENT_BRIDGE_WAITING, LegEventKind.EVENT_CALL_ANSWERED, LegEventKind.EVENT_TALK);
    }

    @Test
    void a_call_bridged_before_its_answer_that_is_busy_frees_the_agent() {
        bench.place(LegBench.JOB, 21);
        done(bench.handOver(21));
        done(bench.bridge(5, 21));
        bench.pass(LegBench.ANSWER);

        assertThat(bench.resolve(5).getAttemptId()).isEmpty();
        assertThat(since(LegEventKind.EVENT_BRIDGE_WAITING))
                .extracting(LegEvent::getKind)
                .containsExactly(
                        LegEventKind.EVENT_BRIDGE_WAITING,
                        LegEventKind.EVENT_BRIDGE_OVER,
                        LegEventKind.EVENT_CALL_ENDED);
    }

    @Test
    void hold_and_unhold_are_told_once_however_often_they_are_asked_for() {
        bench.bridge(5, 10);
        AgentCommand hold = AgentCommands.change(bench.command(), call(10), BridgeChange.HOLD);
        done(bench.run(hold));
        done(bench.run(hold));
        done(bench.change(10, BridgeChange.HOLD));
        done(bench.change(10, BridgeChange.UNHOLD));
        done(bench.run(hold));
        assertThat(bench.bridgeNow().getMode()).isEqualTo(BridgeMode.BRIDGE_TALKING);
        assertThat(since(LegEventKind.EVENT_TALK))
                .extracting(LegEvent::getKind)
                .containsExactly(LegEventKind.EVENT_TALK, LegEventKind.EVENT_HELD, LegEventKind.EVENT_UNHELD);
    }

    @Test
    void a_leg_and_a_customer_are_in_one_bridge_only() {
        bench.place(LegBench.JOB, 20);
        bench.handOver(20);
        done(bench.bridge(5, 10));
        done(bench.bridge(5, 10));
        assertThat(bench.bridge(6, 10)).isEqualTo(CommandResult.COMMAND_CALL_BUSY);
        assertThat(bench.bridge(5, 20)).isEqualTo(CommandResult.COMMAND_LEG_BUSY);
        assertThat(bench.consult(10, 5)).isEqualTo(CommandResult.COMMAND_LEG_BUSY);
    }

    @Test
    void unbridged_the_customer_waits_and_can_be_bridged_with_another() {
        bench.bridge(5, 10);
        done(bench.change(10, BridgeChange.UNBRIDGE));
        done(bench.change(10, BridgeChange.UNBRIDGE));
        done(bench.bridge(6, 10));
        done(bench.change(10, BridgeChange.UNBRIDGE));
        bench.pass(LegBench.PATIENCE);
        assertThat(bench.resolveCall(10).getPhase()).isEqualTo(CallPhase.ENDED);
    }

    @Test
    void a_consultation_holds_the_customer_and_leads_back() {
        bench.bridge(5, 10);
        assertThat(bench.change(10, BridgeChange.START_CONFERENCE)).isEqualTo(CommandResult.COMMAND_WRONG_MODE);
        done(bench.consult(10, 6));
        done(bench.consult(10, 6));
        assertThat(bench.consult(10, 7)).isEqualTo(CommandResult.COMMAND_WRONG_MODE);
        assertThat(bench.bridgeNow().getSecondAgentId()).isEqualTo("agent6");
        done(bench.change(10, BridgeChange.END_CONSULT));
        assertThat(bench.bridgeNow().getMode()).isEqualTo(BridgeMode.BRIDGE_HELD);
        assertThat(bench.resolve(6).getAttemptId()).isEmpty();
        done(bench.change(10, BridgeChange.UNHOLD));
    }

    @Test
    void three_confer_and_the_owner_can_change_and_the_second_leave() {
        bench.bridge(5, 10);
        bench.consult(10, 6);
        done(bench.change(10, BridgeChange.START_CONFERENCE));
        assertThat(bench.change(10, BridgeChange.HOLD)).isEqualTo(CommandResult.COMMAND_WRONG_MODE);
        done(bench.run(AgentCommands.dtmf(bench.command(), call(10), "12#")));
        done(bench.change(10, BridgeChange.CHANGE_OWNER));
        assertThat(bench.bridgeNow().getOwnerAgentId()).isEqualTo("agent6");
        assertThat(bench.bridgeNow().getSecondAgentId()).isEqualTo("agent5");
        done(bench.change(10, BridgeChange.END_CONFERENCE));

        assertThat(bench.bridgeNow().getOwnerAgentId()).isEqualTo("agent6");
        assertThat(bench.bridgeNow().getMode()).isEqualTo(BridgeMode.BRIDGE_TALKING);
        assertThat(bench.resolve(5).getAttemptId()).isEmpty();
        assertThat(since(LegEventKind.EVENT_CONSULT_STARTED))
                .extracting(LegEvent::getKind)
                .containsExactly(
                        LegEventKind.EVENT_CONSULT_STARTED,
                        LegEventKind.EVENT_CONFERENCE_STARTED,
                        LegEventKind.EVENT_DTMF,
                        LegEventKind.EVENT_OWNER_CHANGED,
                        LegEventKind.EVENT_CONFERENCE_ENDED);
    }

    @Test
    void a_transfer_leaves_the_customer_with_the_second_agent() {
        bench.bridge(5, 10);
        bench.consult(10, 6);
        done(bench.change(10, BridgeChange.COMPLETE_TRANSFER));
        assertThat(bench.bridgeNow().getOwnerAgentId()).isEqualTo("agent6");
        assertThat(bench.bridgeNow().getMode()).isEqualTo(BridgeMode.BRIDGE_TALKING);
        assertThat(bench.resolve(5).getAttemptId()).isEmpty();
        done(bench.drop(5));
        assertThat(bench.bridgeNow().getMode()).isEqualTo(BridgeMode.BRIDGE_TALKING);
    }

    @Test
    void an_outside_party_rings_during_the_consultation_and_is_transferred_to_once_it_is_up() {
        bench.bridge(5, 10);
        done(bench.run(AgentCommands.dialOut(bench.command(), leg(30), "+4930555000", Duration.ofSeconds(10))));
        done(bench.consult(10, 30));
        assertThat(bench.change(10, BridgeChange.COMPLETE_TRANSFER)).isEqualTo(CommandResult.COMMAND_LEG_NOT_UP);
        bench.advance(LegBench.RING);
        done(bench.change(10, BridgeChange.COMPLETE_TRANSFER));
        assertThat(bench.bridgeNow().getOwnerAgentId()).isEmpty();
        bench.pass(Duration.ofMinutes(5));
        assertThat(bench.resolve(30).getPhase()).isEqualTo(LegPhase.LEG_ENDED);
        assertThat(bench.resolveCall(10).getPhase()).isEqualTo(CallPhase.ENDED);
    }

    @Test
    void an_outside_party_that_is_busy_ends_the_consultation_and_one_that_is_left_hangs_up() {
        bench.bridge(5, 10);
        bench.run(AgentCommands.dialOut(bench.command(), leg(30), "5551", Duration.ofSeconds(10)));
        bench.consult(10, 30);
        bench.advance(LegBench.RING);
        assertThat(bench.bridgeNow().getMode()).isEqualTo(BridgeMode.BRIDGE_HELD);
        bench.run(AgentCommands.dialOut(bench.command(), leg(31), "5550", Duration.ofSeconds(10)));
        bench.consult(10, 31);
        bench.advance(LegBench.RING);
        done(bench.change(10, BridgeChange.END_CONSULT));
        assertThat(bench.resolve(31).getEnd()).isEqualTo(LegEnd.LEG_CALL_OVER);
    }

    @Test
    void when_the_agents_phone_is_gone_the_customer_waits() {
        bench.bridge(5, 10);
        bench.change(10, BridgeChange.HOLD);
        done(bench.drop(5));
        assertThat(bench.switchboard.list(LegBench.ZONE, 1).getBridgesList()).isEmpty();
        assertThat(bench.resolveCall(10).getPhase()).isEqualTo(CallPhase.ANSWERED);
        LegEvent over = since(LegEventKind.EVENT_BRIDGE_OVER).get(0);
        assertThat(over.getBridge().getEnd()).isEqualTo(BridgeEnd.BRIDGE_LEG_ENDED);
        assertThat(over.getBridge().getOwnerAgentId()).isEqualTo("agent5");
        done(bench.bridge(6, 10));
    }

    @Test
    void when_the_owners_phone_is_gone_in_a_conference_the_second_agent_goes_on() {
        bench.bridge(5, 10);
        bench.consult(10, 6);
        bench.change(10, BridgeChange.START_CONFERENCE);
        done(bench.drop(5));
        assertThat(bench.bridgeNow().getOwnerAgentId()).isEqualTo("agent6");
        assertThat(bench.bridgeNow().getMode()).isEqualTo(BridgeMode.BRIDGE_TALKING);
    }

    @Test
    void when_the_second_phone_is_gone_the_consultation_or_conference_ends() {
        bench.bridge(5, 10);
        bench.consult(10, 6);
        done(bench.drop(6));
        assertThat(bench.bridgeNow().getMode()).isEqualTo(BridgeMode.BRIDGE_HELD);
        bench.consult(10, 7);
        bench.change(10, BridgeChange.START_CONFERENCE);
        done(bench.drop(7));
        assertThat(bench.bridgeNow().getMode()).isEqualTo(BridgeMode.BRIDGE_TALKING);
    }

    @Test
    void a_nuisance_message_is_played_to_its_end_and_then_the_call_is_over() {
        done(bench.run(AgentCommands.announce(bench.command(), call(10), "nuisance")));
        assertThat(bench.bridge(5, 10)).isEqualTo(CommandResult.COMMAND_CALL_BUSY);
        assertThat(bench.run(AgentCommands.announce(bench.command(), call(10), "nuisance")))
                .isEqualTo(CommandResult.COMMAND_CALL_BUSY);
        bench.pass(LegBench.MESSAGE.minusSeconds(1));
        assertThat(bench.resolveCall(10).getPhase()).isEqualTo(CallPhase.ANSWERED);
        bench.pass(Duration.ofSeconds(1));
        List<LegEvent> events = since(LegEventKind.EVENT_ANNOUNCEMENT);
        assertThat(events.get(0).getMessage()).isEqualTo("nuisance");
        assertThat(events.get(1).getCallEnd()).isEqualTo(CallEnd.ENDED_BY_ANNOUNCEMENT);
        assertThat(events).hasSize(2);
    }

    @Test
    void the_agent_hangs_up_the_customer_and_stays_nailed() {
        bench.bridge(5, 10);
        done(bench.run(AgentCommands.hangUp(bench.command(), call(10))));
        done(bench.run(AgentCommands.hangUp(bench.command(), call(10))));
        assertThat(bench.resolve(5).getPhase()).isEqualTo(LegPhase.LEG_UP);
        assertThat(bench.resolveCall(10).getPhase()).isEqualTo(CallPhase.ENDED);
        List<LegEvent> events = since(LegEventKind.EVENT_CALL_ENDED);
        assertThat(events).hasSize(1);
        assertThat(events.get(0).getCallEnd()).isEqualTo(CallEnd.ENDED_BY_COMMAND);
    }

    @Test
    void without_a_bridge_nothing_of_it_can_be_changed() {
        for (BridgeChange change : List.of(
                BridgeChange.HOLD,
                BridgeChange.UNHOLD,
                BridgeChange.END_CONSULT,
                BridgeChange.START_CONFERENCE,
                BridgeChange.END_CONFERENCE,
                BridgeChange.COMPLETE_TRANSFER,
                BridgeChange.CHANGE_OWNER)) {
            assertThat(bench.change(10, change)).isEqualTo(CommandResult.COMMAND_WRONG_MODE);
        }
        assertThat(bench.change(99, BridgeChange.HOLD)).isEqualTo(CommandResult.COMMAND_CALL_UNKNOWN);
        assertThat(bench.change(10, BridgeChange.BRIDGE_CHANGE_UNSPECIFIED)).isEqualTo(CommandResult.COMMAND_INVALID);
        assertThat(bench.consult(10, 6)).isEqualTo(CommandResult.COMMAND_WRONG_MODE);
        assertThat(bench.run(AgentCommands.dtmf(bench.command(), call(10), "1")))
                .isEqualTo(CommandResult.COMMAND_WRONG_MODE);
    }

    @Test
    @Requirement("AM-15")
    void the_feed_tells_a_recorded_call_from_start_to_end_with_its_agents_and_goes_on_where_a_reader_left_it() {
        bench.bridge(5, 10);
        bench.change(10, BridgeChange.HOLD);
        bench.change(10, BridgeChange.UNHOLD);
        List<LegEvent> first = bench.events(LegBench.ZONE, 0);
        long last = first.get(first.size() - 1).getSequence();
        bench.exchange.announce(LegBench.ZONE, 2);
        bench.run(LegBench.ZONE, 2, AgentCommands.consult(bench.command(), call(10), leg(6)));
        bench.run(LegBench.ZONE, 2, AgentCommands.hangUp(bench.command(), call(10)));
        List<LegEvent> second = bench.events(LegBench.ZONE, last);

        assertThat(second)
                .extracting(LegEvent::getKind)
                .containsExactly(
                        LegEventKind.EVENT_CONSULT_STARTED,
                        LegEventKind.EVENT_BRIDGE_OVER,
                        LegEventKind.EVENT_CALL_ENDED);
        assertThat(second.get(0).getSequence()).isEqualTo(last + 1);
        assertThat(second.get(1).getBridge().getSecondAgentId()).isEqualTo("agent6");
        for (int i = 0; i < first.size(); i++) {
            assertThat(first.get(i).getSequence()).isEqualTo(i + 1);
        }
    }

    private List<LegEvent> since(LegEventKind kind) {
        List<LegEvent> all = bench.events();
        int first = all.stream().map(LegEvent::getKind).toList().indexOf(kind);
        assertThat(first).as("an event %s", kind).isNotNegative();
        return all.subList(first, all.size());
    }

    private static void done(CommandResult result) {
        assertThat(result).isEqualTo(CommandResult.COMMAND_DONE);
    }
}
