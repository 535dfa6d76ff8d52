package io.callisto.domain.agent;

import io.callisto.domain.OrganisationId;
import io.callisto.domain.PhoneNumber;
import io.callisto.domain.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a desktop may ask. One record per command of POM's agent protocol, under its name without the prefix. */
public sealed interface AgentCommand {

    /** Which command it is. */
    Kind kind();

    /** The call that it means; null where it means none. */
    default @Nullable CallId call() {
        return null;
    }

    /** Commands, with their names in the protocol. */
    enum Kind {
        LOGON("AGTLogon"),
        LOGOFF("AGTLogoff"),
        PENDING_LOGOUT("AGTPendingLogout"),
        AGENT_DISCONNECTED("AGTAgentDisconnected"),
        STATE_CHANGE("AGTStateChange"),
        SKILLS_CHANGED("AGTSkillsChanged"),
        AVAILABLE_FOR_NAILUP("AGTAvailableForNailup"),
        READY_FOR_NAILUP("AGTReadyForNailup"),
        NAILUP_AGENT("AGTNailupAgent"),
        LOST_NAILING("AGTLostNailing"),
        HOLD_CALL("AGTHoldCall"),
        UNHOLD_CALL("AGTUnholdCall"),
        RELEASE_LINE("AGTReleaseLine"),
        SEND_DTMF("AGTSendDTMF"),
        REDIAL("AGTRedial"),
        PREVIEW_DIAL("AGTPreviewDial"),
        PREVIEW_CANCEL("AGTPreviewCancel"),
        MANUAL_CALL_CONNECT("AGTManualCallConnect"),
        CONSULT_CALL("AGTConsultCall"),
        CANCEL_CONSULT("AGTCancelConsult"),
        COMPLETE_TRANSFER("AGTCompleteTransfer"),
        START_CONF("AGTStartConf"),
        END_CONF("AGTEndConf"),
        CONF_CHANGE_OWNERSHIP("AGTConfChangeOwnership"),
        WRAPUP_CONTACT("AGTWrapupContact"),
        EXTEND_WRAPUP("AGTExtendWrapup"),
        CREATE_CALLBACK("AGTCreateCallback"),
        SET_CUSTOMER_DETAIL("AGTSetCustomerDetail"),
        ADD_AGENT_NOTE("AGTAddAgentNote"),
        ADD_TO_DNC("AGTAddToDNC"),
        BLEND_TO_INBOUND("AGTBlendToInbound"),
        BLEND_TO_OUTBOUND("AGTBlendToOutbound"),
        SAVE_AGENT_FOR_HA("AGTSaveAgentForHA"),
        GET_AGENT_STATUS_RESPONSE("GetAgentStatusResponse"),
        GET_ZONE_LIST("AGTGetZoneList"),
        GET_TIMEZONES("AGTGetTimezones"),
        GET_ERROR_STRING("AGTGetErrorString"),
        GET_ERROR_INFO("AGTGetErrorInfo"),
        GET_CONSULT_TYPES("AGTGetConsultTypes"),
        GET_CONSULT_DESTS_FOR_TYPE("AGTGetConsultDestsForType"),
        GET_COMP_CODES("AGTGetCompCodes"),
        GET_CALLBACK_TYPES("AGTGetCallbackTypes"),
        GET_CALLBACK_DESTS_FOR_TYPE("AGTGetCallbackDestsForType"),
        GET_CUSTOMER_DETAILS("AGTGetCustomerDetails"),
        GET_CONTACT_ATTRIBUTES("AGTGetContactAttributes"),
        REFRESH_AGENT_NOTES("AGTRefreshAgentNotes"),
        IS_IN_DNC("AGTIsInDNC"),
        GET_WORK_REQUEST_ID("AGTGetWorkRequestId"),
        GET_PAM_FOR_ZONE("GetPAMForZone");

        private final String protocolName;

        Kind(String protocolName) {
            this.protocolName = protocolName;
        }

        /** The name in the protocol. */
        public String protocolName() {
            return protocolName;
        }
    }

    /**
     * Begins a session, or takes one over with force. Credentials have been checked before.
     *
     * @param agent login name
     * @param organisation tenant
     * @param zone zone to work in
     * @param desk the agent's place
     * @param skills what the agent can do
     * @param force whether a session that another desktop has is taken over
     */
    record Logon(AgentId agent, OrganisationId organisation, ZoneId zone, Desk desk, Set<Skill> skills, boolean force)
            implements AgentCommand {
        public Logon {
            skills = Set.copyOf(skills);
        }

        @Override
        public Kind kind() {
            return Kind.LOGON;
        }
    }

    /**
     * An agent's place.
     *
     * @param extension phone that is nailed up
     * @param locale such as {@code de-DE}
     * @param timeZone such as {@code Europe/Berlin}
     */
    record Desk(String extension, String locale, String timeZone) {
        private static final Pattern EXTENSION = Pattern.compile("[+*#0-9A-Za-z@.:_-]{1,64}");

        public Desk {
            if (!EXTENSION.matcher(extension).matches()) {
                throw new IllegalArgumentException("not an extension (length " + extension.length() + ")");
            }
        }
    }

    /** Ends the session; not during a call. */
    record Logoff(@Nullable String reasonCode) implements AgentCommand {
        @Override
        public Kind kind() {
            return Kind.LOGOFF;
        }
    }

    /** Ends the session once the call is over. */
    record PendingLogout(@Nullable String reasonCode) implements AgentCommand {
        @Override
        public Kind kind() {
            return Kind.PENDING_LOGOUT;
        }
    }

    /** The desktop goes away without a logoff; the session waits for it. */
    record AgentDisconnected() implements AgentCommand {
        @Override
        public Kind kind() {
            return Kind.AGENT_DISCONNECTED;
        }
    }

    /**
     * Ready or not ready, at once or after the call.
     *
     * @param ready which
     * @param reasonCode why not ready
     * @param reasonName its name
     * @param walkedAway whether the agent has left the desk
     */
    record StateChange(
            boolean ready,
            @Nullable String reasonCode,
            @Nullable String reasonName,
            boolean walkedAway) implements AgentCommand {
        @Override
        public Kind kind() {
            return Kind.STATE_CHANGE;
        }
    }

    /** The agent's skills from now on. */
    record SkillsChanged(Set<Skill> skills) implements AgentCommand {
        public SkillsChanged {
            skills = Set.copyOf(skills);
        }

        @Override
        public Kind kind() {
            return Kind.SKILLS_CHANGED;
        }
    }

    /** The agent wants to be nailed up; the server asks the desktop to confirm. */
    record AvailableForNailup() implements AgentCommand {
        @Override
        public Kind kind() {
            return Kind.AVAILABLE_FOR_NAILUP;
        }
    }

    /** The desktop confirms; the agent's phone rings now. */
    record ReadyForNailup() implements AgentCommand {
        @Override
        public Kind kind() {
            return Kind.READY_FOR_NAILUP;
        }
    }

    /** Both steps of nailing at once. */
    record NailupAgent() implements AgentCommand {
        @Override
        public Kind kind() {
            return Kind.NAILUP_AGENT;
        }
    }

    /** The desktop has seen that the agent's phone hung up. */
    record LostNailing() implements AgentCommand {
        @Override
        public Kind kind() {
            return Kind.LOST_NAILING;
        }
    }

    /** A command about a call that says nothing more. */
    record OnCall(Kind kind, CallId call) implements AgentCommand {
        private static final Set<Kind> KINDS = Set.of(
                Kind.HOLD_CALL,
                Kind.UNHOLD_CALL,
                Kind.RELEASE_LINE,
                Kind.PREVIEW_CANCEL,
                Kind.MANUAL_CALL_CONNECT,
                Kind.CANCEL_CONSULT,
                Kind.COMPLETE_TRANSFER,
                Kind.START_CONF,
                Kind.END_CONF,
                Kind.CONF_CHANGE_OWNERSHIP,
                Kind.EXTEND_WRAPUP);

        public OnCall {
            if (!KINDS.contains(kind)) {
                throw new IllegalArgumentException(kind + " has arguments of its own");
            }
        }
    }

    /** Tones to the customer. */
    record SendDtmf(String digits, CallId call) implements AgentCommand {
        private static final Pattern DIGITS = Pattern.compile("[0-9*#A-D]{1,32}");

        public SendDtmf {
            if (!DIGITS.matcher(digits).matches()) {
                throw new IllegalArgumentException("not DTMF digits (length " + digits.length() + ")");
            }
        }

        @Override
        public Kind kind() {
            return Kind.SEND_DTMF;
        }
    }

    /** Dials the contact again during wrap-up; null: the number of before. */
    record Redial(@Nullable PhoneNumber number) implements AgentCommand {
        @Override
        public Kind kind() {
            return Kind.REDIAL;
        }
    }

    /** Dials the contact that is shown; null: its default number. */
    record PreviewDial(@Nullable PhoneNumber number, CallId call) implements AgentCommand {
        @Override
        public Kind kind() {
            return Kind.PREVIEW_DIAL;
        }
    }

    /** Asks another agent or a number while the customer waits. */
    record ConsultCall(Destination destination, CallId call) implements AgentCommand {
        @Override
        public Kind kind() {
            return Kind.CONSULT_CALL;
        }
    }

    /** Says how the call went. */
    record WrapupContact(Disposition code, CallId call) implements AgentCommand {
        @Override
        public Kind kind() {
            return Kind.WRAPUP_CONTACT;
        }
    }

    /** Promises the customer to call back. */
    record CreateCallback(CallbackWish wish, CallId call) implements AgentCommand {
        @Override
        public Kind kind() {
            return Kind.CREATE_CALLBACK;
        }
    }

    /** Changes a datum of the contact. */
    record SetCustomerDetail(String name, String value, CallId call) implements AgentCommand {
        public SetCustomerDetail {
            CallbackWish.requireText(value, "the value of a customer detail");
        }

        @Override
        public Kind kind() {
            return Kind.SET_CUSTOMER_DETAIL;
        }
    }

    /** Adds a note to the contact. */
    record AddAgentNote(String note) implements AgentCommand {
        public AddAgentNote {
            CallbackWish.requireText(note, "a note");
        }

        @Override
        public Kind kind() {
            return Kind.ADD_AGENT_NOTE;
        }
    }

    /** Puts numbers on the do-not-call list. */
    record AddToDnc(List<PhoneNumber> numbers) implements AgentCommand {
        private static final int MOST = 32;

        public AddToDnc {
            numbers = List.copyOf(numbers);
            if (numbers.isEmpty() || numbers.size() > MOST) {
                throw new IllegalArgumentException("1 to " + MOST + " numbers, not " + numbers.size());
            }
        }

        @Override
        public Kind kind() {
            return Kind.ADD_TO_DNC;
        }
    }

    /** To inbound work, at once or after the call. */
    record BlendToInbound() implements AgentCommand {
        @Override
        public Kind kind() {
            return Kind.BLEND_TO_INBOUND;
        }
    }

    /** Back to the jobs. */
    record BlendToOutbound() implements AgentCommand {
        @Override
        public Kind kind() {
            return Kind.BLEND_TO_OUTBOUND;
        }
    }

    /** Asks for the session to be saved; it always is before a command is answered. */
    record SaveAgentForHa() implements AgentCommand {
        @Override
        public Kind kind() {
            return Kind.SAVE_AGENT_FOR_HA;
        }
    }

    /** The desktop's view, which it was asked for after a takeover. */
    record GetAgentStatusResponse(AgentStatus status) implements AgentCommand {
        @Override
        public Kind kind() {
            return Kind.GET_AGENT_STATUS_RESPONSE;
        }
    }

    /**
     * A question that changes nothing.
     *
     * @param kind one of the {@code GET_...}, {@code REFRESH_AGENT_NOTES} or {@code IS_IN_DNC}
     * @param arguments what it asks for, such as an error's number, a type, a zone; in the order of the protocol
     * @param call the call that it means; null: none
     */
    record Query(
            Kind kind, List<String> arguments, @Nullable CallId call) implements AgentCommand {
        public Query {
            arguments = List.copyOf(arguments);
            if (!asks(kind)) {
                throw new IllegalArgumentException(kind + " is not a question");
            }
        }

        private static boolean asks(Kind kind) {
            return kind.compareTo(Kind.GET_ZONE_LIST) >= 0;
        }
    }
}
