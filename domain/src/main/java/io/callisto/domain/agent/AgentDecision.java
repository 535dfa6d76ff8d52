package io.callisto.domain.agent;

import io.callisto.domain.agent.AgentCommand.Query;
import io.callisto.domain.agent.AgentInput.CallHandedOver;
import io.callisto.domain.agent.AgentInput.ConsultRequested;
import io.callisto.domain.agent.AgentSession.Desktop;
import io.callisto.domain.agent.AgentSession.Identity;
import io.callisto.domain.agent.AgentSession.JobTie;
import io.callisto.domain.agent.AgentSession.Ledger;
import io.callisto.domain.agent.AgentSession.Media;
import io.callisto.domain.agent.AgentSession.Nailing;
import io.callisto.domain.agent.AgentSession.Presence;
import io.callisto.domain.agent.AgentSession.Work;
import io.callisto.domain.agent.Outcome.Refused;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of an agent's session. Pure: the same arguments give the same outcome. */
public final class AgentDecision {
    private AgentDecision() {}

    /**
     * Begins a session, or takes one over.
     *
     * @param existing the agent's session; null: none
     * @param fresh id of a session that begins
     */
    public static Outcome logon(
            @Nullable AgentSession existing,
            AgentSessionId fresh,
            AgentCommand.Logon command,
            Instant now,
            AgentSettings settings) {
        if (existing != null && existing.loggedOn()) {
            return takeOver(existing, command, now, settings);
        }
        AgentCommand.Desk desk = command.desk();
        Identity identity = new Identity(
                fresh,
                command.agent(),
                command.organisation(),
                command.zone(),
                desk.extension(),
                desk.locale(),
                desk.timeZone());
        AgentSession empty = new AgentSession(
                identity,
                new Desktop(1, true, null, false, null),
                new Presence(AgentState.LOGGED_OUT, now, null, null, false),
                new Nailing(NailState.NOT_NAILED, now, null, null, 0, Media.OK),
                new JobTie(
                        AgentJobState.NOT_ATTACHED, now, List.copyOf(command.skills()), List.of(), null, null, false),
                new Work(CallState.IDLE, now, null, null, List.of()),
                new Ledger(0, 0, now, AgentTimes.from(now), 0));
        Turn turn = new Turn(empty, now, settings);
        turn.agent(AgentState.NOT_READY, null, null, false);
        return turn.done();
    }

    private static Outcome takeOver(
            AgentSession existing, AgentCommand.Logon command, Instant now, AgentSettings settings) {
        Identity identity = existing.identity();
        if (!identity.organisation().equals(command.organisation())) {
            return Turn.refuse(AgentErrorCode.OTHER_ORGANISATION, "organisation " + command.organisation());
        }
        if (!identity.zone().equals(command.zone())) {
            return Turn.refuse(AgentErrorCode.OTHER_ZONE, "logged on in zone " + identity.zone());
        }
        if (existing.desktop().connected() && !command.force()) {
            return Turn.refuse(AgentErrorCode.ALREADY_LOGGED_ON, AgentErrorCode.ALREADY_LOGGED_ON.text());
        }
        Turn turn = new Turn(existing, now, settings);
        SessionMoves.attach(turn);
        turn.skills(command.skills());
        return turn.done();
    }

    /** Decides on a command of a desktop. */
    public static Outcome decide(AgentSession session, AgentRequest request, Instant now, AgentSettings settings) {
        if (!request.session().equals(session.identity().session())) {
            return Turn.refuse(AgentErrorCode.STALE_SESSION, "the command is for another session");
        }
        if (request.attachNo() != session.desktop().attachNo()) {
            return Turn.refuse(
                    AgentErrorCode.STALE_ATTACH,
                    "attach number " + request.attachNo() + ", now "
                            + session.desktop().attachNo());
        }
        AgentCommand command = request.command();
        Refused refusal = CommandRule.refusal(session, command.kind());
        if (refusal == null) {
            refusal = wrongCall(session, command);
        }
        if (refusal != null) {
            return refusal;
        }
        Turn turn = new Turn(session, now, settings);
        Refused later = obey(turn, command);
        return later == null ? turn.done() : later;
    }

    private static @Nullable Refused wrongCall(AgentSession session, AgentCommand command) {
        CallId named = command.call();
        AgentCall has = session.work().call();
        return named == null || (has != null && has.id().equals(named))
                ? null
                : Turn.refuse(AgentErrorCode.WRONG_CALL, "call " + named);
    }

    /** A table, longer than a method should be: without {@code default} the compiler checks that it is whole. */
    private static @Nullable Refused obey(Turn turn, AgentCommand command) {
        return switch (command.kind()) {
            case LOGON -> Turn.refuse(AgentErrorCode.ALREADY_LOGGED_ON, "a session does not log on");
            case LOGOFF -> SessionMoves.pendingLogout(turn, ((AgentCommand.Logoff) command).reasonCode());
            case PENDING_LOGOUT ->
                SessionMoves.pendingLogout(turn, ((AgentCommand.PendingLogout) command).reasonCode());
            case AGENT_DISCONNECTED ->
                done(() -> SessionMoves.disconnected(turn, turn.desktop().attachNo()));
            case STATE_CHANGE -> SessionMoves.change(turn, (AgentCommand.StateChange) command);
            case SKILLS_CHANGED -> done(() -> turn.skills(((AgentCommand.SkillsChanged) command).skills()));
            case AVAILABLE_FOR_NAILUP -> NailMoves.available(turn);
            case READY_FOR_NAILUP -> NailMoves.ready(turn);
            case NAILUP_AGENT -> NailMoves.both(turn);
            case LOST_NAILING -> done(() -> NailMoves.lost(turn));
            case BLEND_TO_INBOUND -> JobMoves.inbound(turn, true);
            case BLEND_TO_OUTBOUND -> JobMoves.outbound(turn);
            // Every session is saved before its command is answered.
            case SAVE_AGENT_FOR_HA -> null;
            case GET_AGENT_STATUS_RESPONSE ->
                SessionMoves.compare(turn, ((AgentCommand.GetAgentStatusResponse) command).status());
            case HOLD_CALL,
                    UNHOLD_CALL,
                    RELEASE_LINE,
                    SEND_DTMF,
                    REDIAL,
                    PREVIEW_DIAL,
                    PREVIEW_CANCEL,
                    MANUAL_CALL_CONNECT,
                    CONSULT_CALL,
                    CANCEL_CONSULT,
                    COMPLETE_TRANSFER,
                    START_CONF,
                    END_CONF,
                    CONF_CHANGE_OWNERSHIP,
                    WRAPUP_CONTACT,
                    EXTEND_WRAPUP,
                    CREATE_CALLBACK,
                    SET_CUSTOMER_DETAIL,
                    ADD_AGENT_NOTE,
                    ADD_TO_DNC -> CallCommands.obey(turn, command);
            case GET_ZONE_LIST,
                    GET_TIMEZONES,
                    GET_ERROR_STRING,
                    GET_ERROR_INFO,
                    GET_CONSULT_TYPES,
                    GET_CONSULT_DESTS_FOR_TYPE,
                    GET_COMP_CODES,
                    GET_CALLBACK_TYPES,
                    GET_CALLBACK_DESTS_FOR_TYPE,
                    GET_CUSTOMER_DETAILS,
                    GET_CONTACT_ATTRIBUTES,
                    REFRESH_AGENT_NOTES,
                    IS_IN_DNC,
                    GET_WORK_REQUEST_ID,
                    GET_PAM_FOR_ZONE -> done(() -> turn.effect(new AgentEffect.Answer((Query) command)));
        };
    }

    /** Decides on what happened to an agent. */
    public static Outcome decide(AgentSession session, AgentInput input, Instant now, AgentSettings settings) {
        Turn turn = new Turn(session, now, settings);
        if (!session.loggedOn()) {
            return afterTheEnd(turn, input);
        }
        Refused refusal = InputMoves.take(turn, input);
        return refusal == null ? turn.done() : refusal;
    }

    /** What comes too late is refused, save where somebody would wait for an answer for ever. */
    private static Outcome afterTheEnd(Turn turn, AgentInput input) {
        switch (input.kind()) {
            case CONSULT_REQUESTED -> ConsultMoves.requested(turn, (ConsultRequested) input);
            case CALL_HANDED_OVER -> ConsultMoves.handedOver(turn, (CallHandedOver) input);
            case NAIL_ANSWERED -> NailMoves.answered(turn, ((AgentInput.NailAnswered) input).leg());
            default -> {
                return Turn.refuse(AgentErrorCode.NOT_LOGGED_ON, "the session has ended");
            }
        }
        return turn.done();
    }

    static @Nullable Refused done(Runnable move) {
        move.run();
        return null;
    }
}
