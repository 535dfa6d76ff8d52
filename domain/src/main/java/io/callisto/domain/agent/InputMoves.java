package io.callisto.domain.agent;

import static io.callisto.domain.agent.AgentDecision.done;

import io.callisto.domain.agent.Outcome.Refused;
import org.jspecify.annotations.Nullable;

/** What happens to an agent without its asking. */
final class InputMoves {
    private InputMoves() {}

    static @Nullable Refused take(Turn turn, AgentInput input) {
        return switch (input.kind()) {
            case DESKTOP_ATTACHED -> done(() -> SessionMoves.attach(turn));
            case DESKTOP_DISCONNECTED ->
                done(() -> SessionMoves.disconnected(turn, ((AgentInput.DesktopDisconnected) input).attachNo()));
            case DEADLINE_REACHED -> done(() -> Deadlines.run(turn));
            case FORCED_LOGOUT -> done(() -> SessionMoves.forceOut(turn, ((AgentInput.ForcedLogout) input).reason()));
            case SKILLS_SET -> done(() -> turn.skills(((AgentInput.SkillsSet) input).skills()));
            case NAIL_ANSWERED -> done(() -> NailMoves.answered(turn, ((AgentInput.NailAnswered) input).leg()));
            case NAIL_FAILED -> done(() -> NailMoves.gone(turn, ((AgentInput.NailFailed) input).leg()));
            case NAIL_LOST -> done(() -> NailMoves.gone(turn, ((AgentInput.NailLost) input).leg()));
            case MEDIA_CHANGED -> done(() -> NailMoves.media(turn, ((AgentInput.MediaChanged) input).media()));
            case CALL_ASSIGNED -> CallMoves.assigned(turn, ((AgentInput.CallAssigned) input).offer());
            case PREVIEW_ASSIGNED -> CallMoves.shown(turn, ((AgentInput.PreviewAssigned) input).offer());
            case CALLBACK_DUE -> CallMoves.callbackDue(turn, (AgentInput.CallbackDue) input);
            case BRIDGED, BRIDGE_FAILED, DIAL_ANSWERED, DIAL_FAILED, CUSTOMER_HUNG_UP ->
                done(() -> ofGateway(turn, input));
            case CONSULT_REQUESTED,
                    CONSULT_WITHDRAWN,
                    CONSULT_QUEUED,
                    CONSULT_ANSWERED,
                    CONSULT_REFUSED,
                    PARTY_LEFT,
                    CALL_HANDED_OVER,
                    CONFERENCE_JOINED,
                    CONFERENCE_ENDED -> done(() -> ofOthers(turn, input));
            case JOB_ATTACH -> JobMoves.attach(turn, (AgentInput.JobAttach) input);
            case JOB_DETACH -> JobMoves.detach(turn, ((AgentInput.JobDetach) input).job());
            case JOB_ENDED -> done(() -> JobMoves.remove(turn, ((AgentInput.JobEnded) input).job()));
            case JOB_MOVE -> JobMoves.move(turn, ((AgentInput.JobMove) input).to());
            case INBOUND_ORDERED -> JobMoves.orderInbound(turn);
            case OUTBOUND_ORDERED -> JobMoves.outbound(turn);
        };
    }

    private static void ofGateway(Turn turn, AgentInput input) {
        switch (input.kind()) {
            case BRIDGED -> CallMoves.bridged(turn, ((AgentInput.Bridged) input).call());
            case BRIDGE_FAILED -> CallMoves.bridgeFailed(turn, ((AgentInput.BridgeFailed) input).call());
            case DIAL_ANSWERED -> CallMoves.dialAnswered(turn, ((AgentInput.DialAnswered) input).call());
            case DIAL_FAILED -> {
                AgentInput.DialFailed failed = (AgentInput.DialFailed) input;
                CallMoves.dialFailed(turn, failed.call(), failed.reason());
            }
            default -> CallMoves.hungUp(turn, ((AgentInput.CustomerHungUp) input).call());
        }
    }

    private static void ofOthers(Turn turn, AgentInput input) {
        switch (input.kind()) {
            case CONSULT_REQUESTED -> ConsultMoves.requested(turn, (AgentInput.ConsultRequested) input);
            case CONSULT_WITHDRAWN -> ConsultMoves.withdrawn(turn, ((AgentInput.ConsultWithdrawn) input).leg());
            case CONSULT_QUEUED -> ConsultMoves.queued(turn, ((AgentInput.ConsultQueued) input).leg());
            case CONSULT_ANSWERED -> ConsultMoves.answered(turn, ((AgentInput.ConsultAnswered) input).leg());
            case CONSULT_REFUSED -> {
                AgentInput.ConsultRefused refused = (AgentInput.ConsultRefused) input;
                ConsultMoves.refused(turn, refused.leg(), refused.why());
            }
            case PARTY_LEFT -> ConsultMoves.partyLeft(turn, ((AgentInput.PartyLeft) input).leg());
            case CALL_HANDED_OVER -> ConsultMoves.handedOver(turn, (AgentInput.CallHandedOver) input);
            case CONFERENCE_JOINED -> ConsultMoves.joined(turn, ((AgentInput.ConferenceJoined) input).leg());
            default -> ConsultMoves.conferenceEnded(turn, ((AgentInput.ConferenceEnded) input).leg());
        }
    }
}
