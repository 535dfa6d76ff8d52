package io.callisto.domain.agent;

import io.callisto.domain.agent.AgentCommand.Kind;
import io.callisto.domain.agent.AgentSession.Media;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a command is possible: the table behind every refusal and behind what a desktop offers.
 *
 * @param calls call states that it is possible in
 * @param nails nail states that it is possible in
 * @param needs what else must hold
 */
record CommandRule(Set<CallState> calls, Set<NailState> nails, Set<Need> needs) {

    /** What a command may need besides a state. */
    enum Need {
        /** The call is the agent's own. */
        OWNER,
        /** The customer's leg is at our gateway; not with a call dialed by hand. */
        BRIDGED,
        /** The agent is nailed up and the gateway can be spoken to; a call dialed by hand does not need it. */
        LINE,
        /** The gateway can be spoken to. */
        MEDIA
    }

    private static final Set<CallState> ANY = EnumSet.allOf(CallState.class);
    private static final Set<CallState> BUSY = EnumSet.complementOf(EnumSet.of(CallState.IDLE));
    private static final Set<NailState> NAILS = EnumSet.allOf(NailState.class);

    CommandRule {
        calls = Collections.unmodifiableSet(EnumSet.copyOf(calls));
        nails = Collections.unmodifiableSet(EnumSet.copyOf(nails));
        needs = Set.copyOf(needs);
    }

    /** A table, longer than a method should be: without {@code default} the compiler checks that it is whole. */
    static CommandRule of(Kind kind) {
        return switch (kind) {
            case LOGON,
                    PENDING_LOGOUT,
                    AGENT_DISCONNECTED,
                    STATE_CHANGE,
                    SKILLS_CHANGED,
                    BLEND_TO_INBOUND,
                    BLEND_TO_OUTBOUND,
                    SAVE_AGENT_FOR_HA,
                    GET_AGENT_STATUS_RESPONSE,
                    GET_ZONE_LIST,
                    GET_TIMEZONES,
                    GET_ERROR_STRING,
                    GET_ERROR_INFO,
                    GET_CONTACT_ATTRIBUTES,
                    GET_PAM_FOR_ZONE -> in(ANY);
            case LOGOFF -> in(EnumSet.of(CallState.IDLE));
            case AVAILABLE_FOR_NAILUP -> nail(EnumSet.of(NailState.NOT_NAILED, NailState.LOST), Need.MEDIA);
            case READY_FOR_NAILUP -> nail(EnumSet.of(NailState.NAILING), Need.MEDIA);
            case NAILUP_AGENT -> nail(EnumSet.of(NailState.NOT_NAILED, NailState.NAILING, NailState.LOST), Need.MEDIA);
            case LOST_NAILING -> nail(EnumSet.of(NailState.NAILED));
            case HOLD_CALL -> in(EnumSet.of(CallState.TALKING), Need.OWNER, Need.BRIDGED, Need.LINE);
            case UNHOLD_CALL -> in(EnumSet.of(CallState.HELD), Need.OWNER, Need.BRIDGED, Need.LINE);
            case RELEASE_LINE ->
                in(
                        EnumSet.of(
                                CallState.TALKING,
                                CallState.HELD,
                                CallState.DIALING,
                                CallState.CONSULT,
                                CallState.CONFERENCE_OWNER,
                                CallState.CONFERENCE_PASSIVE),
                        Need.LINE);
            case SEND_DTMF ->
                in(EnumSet.of(CallState.TALKING, CallState.CONFERENCE_OWNER), Need.OWNER, Need.BRIDGED, Need.LINE);
            case REDIAL -> in(EnumSet.of(CallState.WRAPUP), Need.OWNER, Need.LINE);
            case PREVIEW_DIAL -> in(EnumSet.of(CallState.PREVIEW, CallState.CALLBACK), Need.OWNER, Need.LINE);
            case PREVIEW_CANCEL -> in(EnumSet.of(CallState.PREVIEW, CallState.CALLBACK));
            case MANUAL_CALL_CONNECT -> in(EnumSet.of(CallState.DIALING), Need.OWNER);
            case CONSULT_CALL -> in(EnumSet.of(CallState.TALKING, CallState.HELD), Need.OWNER, Need.BRIDGED, Need.LINE);
            case CANCEL_CONSULT, COMPLETE_TRANSFER, START_CONF ->
                in(EnumSet.of(CallState.CONSULT), Need.OWNER, Need.LINE);
            case END_CONF, CONF_CHANGE_OWNERSHIP -> in(EnumSet.of(CallState.CONFERENCE_OWNER), Need.OWNER, Need.LINE);
            case WRAPUP_CONTACT, EXTEND_WRAPUP -> in(EnumSet.of(CallState.WRAPUP), Need.OWNER);
            case CREATE_CALLBACK, SET_CUSTOMER_DETAIL, ADD_AGENT_NOTE, ADD_TO_DNC -> in(BUSY, Need.OWNER);
            case GET_CONSULT_TYPES,
                    GET_CONSULT_DESTS_FOR_TYPE,
                    GET_COMP_CODES,
                    GET_CALLBACK_TYPES,
                    GET_CALLBACK_DESTS_FOR_TYPE,
                    GET_CUSTOMER_DETAILS,
                    REFRESH_AGENT_NOTES,
                    IS_IN_DNC,
                    GET_WORK_REQUEST_ID -> in(BUSY);
        };
    }

    private static CommandRule in(Set<CallState> calls, Need... needs) {
        return new CommandRule(calls, NAILS, Set.of(needs));
    }

    private static CommandRule nail(Set<NailState> nails, Need... needs) {
        return new CommandRule(ANY, nails, Set.of(needs));
    }

    /** Why a session may not do this now; null where it may. */
    static Outcome.@Nullable Refused refusal(AgentSession session, Kind kind) {
        if (!session.loggedOn()) {
            return new Outcome.Refused(AgentErrorCode.NOT_LOGGED_ON, "the session has ended");
        }
        CommandRule rule = of(kind);
        if (!rule.calls.contains(session.work().state())) {
            return wrongState(kind, "call state " + session.work().state());
        }
        if (!rule.nails.contains(session.nailing().state())) {
            return wrongState(kind, "nail state " + session.nailing().state());
        }
        AgentCall call = session.work().call();
        if (rule.needs.contains(Need.OWNER) && call != null && !call.owner()) {
            return new Outcome.Refused(AgentErrorCode.NOT_PERMITTED, "the call is another agent's");
        }
        boolean byHand = call != null && !call.offer().bridged();
        if (rule.needs.contains(Need.BRIDGED) && byHand) {
            return new Outcome.Refused(AgentErrorCode.NOT_PERMITTED, "the call was dialed with another device");
        }
        boolean line = rule.needs.contains(Need.LINE) && !byHand;
        if (line || rule.needs.contains(Need.MEDIA)) {
            AgentErrorCode media = mediaError(session.nailing().media());
            if (media != null) {
                return new Outcome.Refused(media, media.text());
            }
        }
        return line && session.nailing().state() != NailState.NAILED
                ? new Outcome.Refused(
                        AgentErrorCode.NOT_NAILED,
                        "nail state " + session.nailing().state())
                : null;
    }

    private static @Nullable AgentErrorCode mediaError(Media media) {
        return switch (media) {
            case OK -> null;
            case CONTROL_GONE -> AgentErrorCode.MEDIA_CONTROL_GONE;
            case UNREACHABLE -> AgentErrorCode.MEDIA_NOT_REACHABLE;
        };
    }

    private static Outcome.Refused wrongState(Kind kind, String state) {
        return new Outcome.Refused(AgentErrorCode.WRONG_STATE, kind.protocolName() + " is not possible in " + state);
    }

    /** The commands that a session may give now, which a desktop offers; questions are left out. */
    static Set<Kind> allowed(AgentSession session) {
        EnumSet<Kind> allowed = EnumSet.noneOf(Kind.class);
        for (Kind kind : Kind.values()) {
            if (kind.compareTo(Kind.GET_ZONE_LIST) < 0 && kind != Kind.LOGON && refusal(session, kind) == null) {
                allowed.add(kind);
            }
        }
        return Collections.unmodifiableSet(allowed);
    }
}
