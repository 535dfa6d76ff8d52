package io.callisto.gateway.client;

import io.callisto.domain.AttemptId;
import io.callisto.gateway.v1.AgentCommand;
import io.callisto.gateway.v1.Announce;
import io.callisto.gateway.v1.Bridge;
import io.callisto.gateway.v1.BridgeChange;
import io.callisto.gateway.v1.ChangeBridge;
import io.callisto.gateway.v1.Consult;
import io.callisto.gateway.v1.DropLeg;
import io.callisto.gateway.v1.HandOver;
import io.callisto.gateway.v1.HangUpCall;
import io.callisto.gateway.v1.LegKind;
import io.callisto.gateway.v1.LendLeg;
import io.callisto.gateway.v1.NailUp;
import io.callisto.gateway.v1.SendDtmf;
import io.callisto.gateway.v1.TakeBackLeg;
import io.callisto.ha.Scope;
import java.time.Duration;
import java.util.UUID;

/** Commands of the agents' protocol. The first argument of each is the command's id: the same id is done once. */
public final class AgentCommands {
    private AgentCommands() {}

    /** Rings an agent's phone. */
    public static AgentCommand nailUp(UUID command, LegId leg, String agentId, String number, Duration ringTimeout) {
        return nailUp(command, leg, LegKind.AGENT_PHONE, agentId, number, ringTimeout);
    }

    /** Rings an outside number, for a consultation. */
    public static AgentCommand dialOut(UUID command, LegId leg, String number, Duration ringTimeout) {
        return nailUp(command, leg, LegKind.EXTERNAL_PARTY, "", number, ringTimeout);
    }

    /** Reaches an agent whose phone hangs on another gateway, and is lent by it. */
    public static AgentCommand trunk(UUID command, LegId leg, String agentId, String gatewayId, Duration timeout) {
        return nailUp(command, leg, LegKind.TRUNK, agentId, gatewayId, timeout);
    }

    private static AgentCommand nailUp(
            UUID command, LegId leg, LegKind kind, String agentId, String number, Duration ringTimeout) {
        return draft(command)
                .setNailUp(NailUp.newBuilder()
                        .setLegId(leg.bytes())
                        .setKind(kind)
                        .setAgentId(agentId)
                        .setNumber(number)
                        .setRingTimeoutMillis(Math.toIntExact(ringTimeout.toMillis())))
                .build();
    }

    public static AgentCommand drop(UUID command, LegId leg) {
        return draft(command)
                .setDropLeg(DropLeg.newBuilder().setLegId(leg.bytes()))
                .build();
    }

    /** The leg is used through a trunk leg of another gateway. */
    public static AgentCommand lend(UUID command, LegId leg, String gatewayId) {
        return draft(command)
                .setLendLeg(LendLeg.newBuilder().setLegId(leg.bytes()).setGatewayId(gatewayId))
                .build();
    }

    public static AgentCommand takeBack(UUID command, LegId leg) {
        return draft(command)
                .setTakeBackLeg(TakeBackLeg.newBuilder().setLegId(leg.bytes()))
                .build();
    }

    /** Gives a call to another scope. */
    public static AgentCommand handOver(UUID command, AttemptId call, Scope to) {
        return draft(command)
                .setHandOver(HandOver.newBuilder()
                        .setAttemptId(AttemptIdBytes.encode(call))
                        .setToScope(to.value()))
                .build();
    }

    /** Connects agent and customer. */
    public static AgentCommand bridge(UUID command, LegId leg, AttemptId call) {
        return draft(command)
                .setBridge(Bridge.newBuilder().setLegId(leg.bytes()).setAttemptId(AttemptIdBytes.encode(call)))
                .build();
    }

    /** Holds the customer and connects the agent with another leg. */
    public static AgentCommand consult(UUID command, AttemptId call, LegId leg) {
        return draft(command)
                .setConsult(Consult.newBuilder()
                        .setAttemptId(AttemptIdBytes.encode(call))
                        .setLegId(leg.bytes()))
                .build();
    }

    /** Hold, conference, transfer and so on. */
    public static AgentCommand change(UUID command, AttemptId call, BridgeChange change) {
        return draft(command)
                .setChangeBridge(ChangeBridge.newBuilder()
                        .setAttemptId(AttemptIdBytes.encode(call))
                        .setChange(change))
                .build();
    }

    public static AgentCommand dtmf(UUID command, AttemptId call, String digits) {
        return draft(command)
                .setSendDtmf(SendDtmf.newBuilder()
                        .setAttemptId(AttemptIdBytes.encode(call))
                        .setDigits(digits))
                .build();
    }

    /** Plays a message to a customer without an agent, then hangs up. */
    public static AgentCommand announce(UUID command, AttemptId call, String message) {
        return draft(command)
                .setAnnounce(Announce.newBuilder()
                        .setAttemptId(AttemptIdBytes.encode(call))
                        .setMessage(message))
                .build();
    }

    public static AgentCommand hangUp(UUID command, AttemptId call) {
        return draft(command)
                .setHangUpCall(HangUpCall.newBuilder().setAttemptId(AttemptIdBytes.encode(call)))
                .build();
    }

    private static AgentCommand.Builder draft(UUID command) {
        return AgentCommand.newBuilder().setCommandId(LegId.encode(command));
    }
}
