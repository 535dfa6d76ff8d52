package io.callisto.agents.protocol;

import static io.callisto.agents.protocol.CommandGroup.BLEND;
import static io.callisto.agents.protocol.CommandGroup.CALL;
import static io.callisto.agents.protocol.CommandGroup.CALLBACK;
import static io.callisto.agents.protocol.CommandGroup.CONSULT;
import static io.callisto.agents.protocol.CommandGroup.DATA;
import static io.callisto.agents.protocol.CommandGroup.HA;
import static io.callisto.agents.protocol.CommandGroup.JOB;
import static io.callisto.agents.protocol.CommandGroup.NAIL_UP;
import static io.callisto.agents.protocol.CommandGroup.OPEN;
import static io.callisto.agents.protocol.CommandGroup.SESSION;
import static io.callisto.agents.protocol.CommandGroup.WRAP_UP;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a desktop may ask for. Names that begin with AGT, and GetPAMForZone, are POM's; names that begin with CAL are
 * our own, where POM has none.
 */
public enum AgentCommand {
    AGT_LOGON("AGTLogon", SESSION, SessionData.Logon.class, SessionData.LoggedOn.class, "Log on, or take over."),
    AGT_LOGOFF("AGTLogoff", SESSION, "Log off now."),
    AGT_PENDING_LOGOUT("AGTPendingLogout", SESSION, "Log off when the call in hand is done."),
    AGT_AGENT_DISCONNECTED(
            "AGTAgentDisconnected", SESSION, "The desktop closes on purpose; do not wait the grace time for it."),
    AGT_STATE_CHANGE(
            "AGTStateChange",
            SESSION,
            SessionData.StateChange.class,
            SessionData.StateChanged.class,
            "Become ready or not ready."),
    AGT_GET_ZONE_LIST(
            "AGTGetZoneList",
            OPEN,
            SessionData.Nothing.class,
            SessionData.Zones.class,
            "Zones that the agent may work in."),
    AGT_SKILLS_CHANGED(
            "AGTSkillsChanged",
            SESSION,
            SessionData.Skills.class,
            SessionData.Nothing.class,
            "The agent's skills are others now."),
    AGT_GET_TIMEZONES(
            "AGTGetTimezones",
            OPEN,
            SessionData.Nothing.class,
            SessionData.TimeZones.class,
            "Time zones for callbacks."),
    AGT_GET_ERROR_STRING(
            "AGTGetErrorString",
            OPEN,
            SessionData.ErrorCode.class,
            SessionData.ErrorText.class,
            "Text of an error code."),
    AGT_GET_ERROR_INFO(
            "AGTGetErrorInfo",
            OPEN,
            SessionData.ErrorCode.class,
            SessionData.ErrorInfo.class,
            "Text of an error code and what to do."),
    AGT_AVAILABLE_FOR_NAILUP("AGTAvailableForNailup", NAIL_UP, "The agent may be nailed up when a job wants it."),
    AGT_READY_FOR_NAILUP("AGTReadyForNailup", NAIL_UP, "Ring the agent's line now."),
    AGT_NAILUP_AGENT("AGTNailupAgent", NAIL_UP, "Nail up again after the line was lost."),
    AGT_LOST_NAILING(
            "AGTLostNailing",
            NAIL_UP,
            SessionData.Nothing.class,
            CallData.Wrapup.class,
            "The agent's line is gone; a call in hand goes to wrap-up."),
    AGT_HOLD_CALL("AGTHoldCall", CALL, "Hold the call."),
    AGT_UNHOLD_CALL("AGTUnholdCall", CALL, "Take the call back from hold."),
    AGT_RELEASE_LINE(
            "AGTReleaseLine", CALL, SessionData.Nothing.class, CallData.Wrapup.class, "Hang up; the wrap-up begins."),
    AGT_SEND_DTMF("AGTSendDTMF", CALL, CallData.Digits.class, SessionData.Nothing.class, "Send tones into the call."),
    AGT_REDIAL(
            "AGTRedial",
            CALL,
            CallData.NumberChoice.class,
            SessionData.Nothing.class,
            "Dial the contact again, during wrap-up."),
    AGT_PREVIEW_DIAL(
            "AGTPreviewDial",
            CALL,
            CallData.NumberChoice.class,
            SessionData.Nothing.class,
            "Dial the contact that is shown."),
    AGT_PREVIEW_CANCEL(
            "AGTPreviewCancel",
            CALL,
            SessionData.Nothing.class,
            CallData.Wrapup.class,
            "Do not dial the contact that is shown."),
    AGT_MANUAL_CALL_CONNECT("AGTManualCallConnect", CALL, "The contact of a manual call has answered."),
    AGT_GET_CONSULT_TYPES(
            "AGTGetConsultTypes",
            CONSULT,
            SessionData.Nothing.class,
            CallData.ConsultTypes.class,
            "Kinds of destinations for a consult."),
    AGT_GET_CONSULT_DESTS_FOR_TYPE(
            "AGTGetConsultDestsForType",
            CONSULT,
            CallData.ConsultType.class,
            CallData.Destinations.class,
            "Destinations of one kind."),
    AGT_CONSULT_CALL(
            "AGTConsultCall",
            CONSULT,
            CallData.DestinationChoice.class,
            SessionData.Nothing.class,
            "Consult a destination; the customer is held."),
    AGT_CANCEL_CONSULT(
            "AGTCancelConsult",
            CONSULT,
            CallData.DestinationChoice.class,
            SessionData.Nothing.class,
            "Give a consult up."),
    AGT_COMPLETE_TRANSFER(
            "AGTCompleteTransfer",
            CONSULT,
            SessionData.Nothing.class,
            CallData.Transferred.class,
            "Hand the call over to who is consulted."),
    AGT_START_CONF("AGTStartConf", CONSULT, "Join customer, agent and who is consulted."),
    AGT_END_CONF("AGTEndConf", CONSULT, "End the conference; the owner keeps the customer."),
    AGT_CONF_CHANGE_OWNERSHIP("AGTConfChangeOwnership", CONSULT, "Give the conference to the other agent."),
    AGT_GET_COMP_CODES(
            "AGTGetCompCodes",
            WRAP_UP,
            SessionData.Nothing.class,
            CallData.CompletionCodes.class,
            "Completion codes that the campaign allows."),
    AGT_WRAPUP_CONTACT(
            "AGTWrapupContact",
            WRAP_UP,
            CallData.Disposition.class,
            SessionData.Nothing.class,
            "End the wrap-up with a completion code."),
    AGT_EXTEND_WRAPUP(
            "AGTExtendWrapup", WRAP_UP, SessionData.Nothing.class, CallData.Wrapup.class, "More time for the wrap-up."),
    AGT_GET_CALLBACK_TYPES(
            "AGTGetCallbackTypes",
            CALLBACK,
            SessionData.Nothing.class,
            ContactData.CallbackTypes.class,
            "Types of callbacks."),
    AGT_GET_CALLBACK_DESTS_FOR_TYPE(
            "AGTGetCallbackDestsForType",
            CALLBACK,
            ContactData.CallbackDestinations.class,
            CallData.Destinations.class,
            "Who a callback of a type may be for."),
    AGT_CREATE_CALLBACK(
            "AGTCreateCallback",
            CALLBACK,
            ContactData.NewCallback.class,
            ContactData.CallbackMade.class,
            "Call the contact back later."),
    AGT_GET_CUSTOMER_DETAILS(
            "AGTGetCustomerDetails",
            DATA,
            SessionData.Nothing.class,
            ContactData.CustomerDetails.class,
            "Attributes of the contact."),
    AGT_SET_CUSTOMER_DETAIL(
            "AGTSetCustomerDetail",
            DATA,
            ContactData.NewValue.class,
            SessionData.Nothing.class,
            "Change an attribute of the contact."),
    AGT_GET_CONTACT_ATTRIBUTES(
            "AGTGetContactAttributes",
            SESSION,
            SessionData.Nothing.class,
            ContactData.AttributeTypes.class,
            "Attributes that contacts may have."),
    AGT_ADD_AGENT_NOTE("AGTAddAgentNote", DATA, ContactData.NewNote.class, ContactData.Notes.class, "Add a note."),
    AGT_REFRESH_AGENT_NOTES(
            "AGTRefreshAgentNotes", DATA, SessionData.Nothing.class, ContactData.Notes.class, "Notes on the contact."),
    AGT_ADD_TO_DNC(
            "AGTAddToDNC",
            DATA,
            ContactData.Addresses.class,
            SessionData.Nothing.class,
            "Never contact these addresses again."),
    AGT_IS_IN_DNC(
            "AGTIsInDNC",
            DATA,
            ContactData.Address.class,
            ContactData.Listed.class,
            "Whether an address must not be contacted."),
    AGT_GET_WORK_REQUEST_ID(
            "AGTGetWorkRequestId",
            DATA,
            SessionData.Nothing.class,
            ContactData.WorkRequest.class,
            "Id of the work request that goes with the call."),
    AGT_BLEND_TO_INBOUND("AGTBlendToInbound", BLEND, "Serve inbound calls."),
    AGT_BLEND_TO_OUTBOUND("AGTBlendToOutbound", BLEND, "Come back to outbound."),
    AGT_SAVE_AGENT_FOR_HA(
            "AGTSaveAgentForHA",
            HA,
            SessionData.Nothing.class,
            SessionData.Place.class,
            "Answered when all that was told is saved, which it always is."),
    GET_PAM_FOR_ZONE(
            "GetPAMForZone",
            OPEN,
            SessionData.ZoneChoice.class,
            DesktopAddresses.class,
            "Addresses of servers, agent managers and scripts."),
    CAL_GET_SNAPSHOT(
            "CALGetSnapshot",
            HA,
            SessionData.Nothing.class,
            SessionData.Place.class,
            "Send a frame snapshot; the result says where it is in the sequence."),
    CAL_GET_JOBS("CALGetJobs", JOB, SessionData.Nothing.class, SessionData.Jobs.class, "Jobs open to the agent."),
    CAL_ATTACH_JOB(
            "CALAttachJob",
            JOB,
            SessionData.JobChoice.class,
            SessionData.Nothing.class,
            "Attach to a job; pending while a call is in hand."),
    CAL_DETACH_JOB(
            "CALDetachJob",
            JOB,
            SessionData.Nothing.class,
            SessionData.Nothing.class,
            "Leave the job; pending while a call is in hand."),
    CAL_MOVE_JOB(
            "CALMoveJob",
            JOB,
            SessionData.JobChoice.class,
            SessionData.Nothing.class,
            "Move to another job; pending while a call is in hand."),
    CAL_SET_PREFERRED_JOBS(
            "CALSetPreferredJobs",
            JOB,
            SessionData.JobChoices.class,
            SessionData.Nothing.class,
            "Jobs that the agent would rather work in.");

    private static final Map<String, AgentCommand> BY_NAME = byName();

    private final String text;
    private final CommandGroup group;
    private final Class<? extends Record> args;
    private final Class<? extends Record> result;
    private final String meaning;

    AgentCommand(
            String text,
            CommandGroup group,
            Class<? extends Record> args,
            Class<? extends Record> result,
            String meaning) {
        this.text = text;
        this.group = group;
        this.args = args;
        this.result = result;
        this.meaning = meaning;
    }

    AgentCommand(String text, CommandGroup group, String meaning) {
        this(text, group, SessionData.Nothing.class, SessionData.Nothing.class, meaning);
    }

    private static Map<String, AgentCommand> byName() {
        Map<String, AgentCommand> commands = new HashMap<>();
        for (AgentCommand command : values()) {
            commands.put(command.text, command);
        }
        return Map.copyOf(commands);
    }

    /** Name on the wire. */
    public String text() {
        return text;
    }

    public CommandGroup group() {
        return group;
    }

    /** Record of its arguments. */
    public Class<? extends Record> args() {
        return args;
    }

    /** Record of its result's data. */
    public Class<? extends Record> result() {
        return result;
    }

    /** What it does, in a sentence. */
    public String meaning() {
        return meaning;
    }

    /** Whether it must name a call, by its session id. */
    public boolean needsCall() {
        return group.needsCall();
    }

    /** Whether an agent may give it who has not logged on yet. */
    public boolean beforeLogon() {
        return group == OPEN || this == AGT_LOGON;
    }

    public static Optional<AgentCommand> of(String text) {
        return Optional.ofNullable(BY_NAME.get(text));
    }
}
