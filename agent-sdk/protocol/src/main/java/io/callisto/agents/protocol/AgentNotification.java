package io.callisto.agents.protocol;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a server tells a desktop. Names that begin with CAL are our own, the others are POM's.
 */
public enum AgentNotification {
    AGT_STATE_CHANGED_NOTIFY(
            "AGTStateChangedNotify", NotificationData.AgentStateChange.class, "The agent's state is another."),
    AGT_CALL_STATE_CHANGED_NOTIFY(
            "AGTCallStateChangedNotify", NotificationData.CallStateChange.class, "The call's state is another."),
    AGT_NAILUP_CHANGE("AGTNailupChange", NotificationData.NailupChange.class, "The line's state is another."),
    AGT_CAPABILITIES_CHANGED(
            "AGTCapabilitiesChanged", NotificationData.Capabilities.class, "Other commands are allowed now."),
    AGT_JOB_ATTACHED("AGTJobAttached", NotificationData.JobAttached.class, "The agent is attached to a job."),
    CAL_JOB_STATE_CHANGED(
            "CALJobStateChanged",
            NotificationData.JobStateChange.class,
            "The tie to a job is another: detached, ended, moving."),
    AGT_CALL_NOTIFY("AGTCallNotify", NotificationData.CallArrived.class, "A call, or a contact to preview."),
    AGT_AUTO_RELEASE_LINE(
            "AGTAutoReleaseLine", NotificationData.Released.class, "The call ended without the agent's doing."),
    CAL_WRAPUP_ENDED(
            "CALWrapupEnded", NotificationData.WrapupEnded.class, "The wrap-up is over: by the agent, or by time."),
    AGT_DIAL_FAILED("AGTDialFailed", NotificationData.DialFailed.class, "The contact was not reached."),
    AGT_DIAL_FAILED_ERROR_INFO(
            "AGTDialFailedErrorInfo",
            NotificationData.DialFailedInfo.class,
            "The contact was not reached, for a fault of the system."),
    AGT_SESSION_ID_CHANGE("AGTSessionIDChange", NotificationData.SessionIdChange.class, "The call has another id."),
    AGT_CONSULT_NOTIFY("AGTConsultNotify", NotificationData.CallArrived.class, "Another agent consults this one."),
    AGT_CONSULT_CANCELLED("AGTConsultCancelled", NotificationData.OfCall.class, "The consult was given up."),
    AGT_CONSULT_PENDING(
            "AGTConsultPending", NotificationData.ConsultPending.class, "An agent waits to consult this one."),
    AGT_PENDING_CONSULT_COMPLETE(
            "AGTPendingConsultComplete", NotificationData.OfCall.class, "A consult that was pending is answered."),
    AGT_ENABLE_CANCEL_CONSULT(
            "AGTEnableCancelConsult", NotificationData.OfCall.class, "The consult may be given up from now on."),
    AGT_CONSULT_DIAL_FAILED(
            "AGTConsultDialFailed", NotificationData.DialFailed.class, "Who is consulted was not reached."),
    AGT_CONSULT_DIAL_FAILED_ERROR_INFO(
            "AGTConsultDialFailedErrorInfo",
            NotificationData.DialFailedInfo.class,
            "Who is consulted was not reached, for a fault of the system."),
    AGT_TRANSFER_NOTIFY("AGTTransferNotify", NotificationData.CallArrived.class, "A call was handed to this agent."),
    AGT_CONFERENCE_NOTIFY("AGTConferenceNotify", NotificationData.CallArrived.class, "The agent is in a conference."),
    AGT_CONFERENCE_ENDED("AGTConferenceEnded", NotificationData.OfCall.class, "The conference is over."),
    AGT_CONFERENCE_OWNERSHIP_CHANGED(
            "AGTConferenceOwnershipChanged",
            NotificationData.CallArrived.class,
            "The conference belongs to this agent now."),
    AGT_PREVIEW_CALLBACK_PENDING(
            "AGTPreviewCallbackPending", NotificationData.CallbackPending.class, "A callback waits for the agent."),
    AGT_PREVIEW_CALLBACK_CANCELLED(
            "AGTPreviewCallbackCancelled", NotificationData.OfCall.class, "A callback waits no longer."),
    AGT_CUSTOMER_DETAILS_CHANGED(
            "AGTCustomerDetailsChanged", NotificationData.DetailChanged.class, "An attribute of the contact changed."),
    AGT_BLENDED_TO_INBOUND("AGTBlendedToInbound", SessionData.Nothing.class, "The agent serves inbound calls."),
    AGT_BLENDED_TO_OUTBOUND("AGTBlendedToOutbound", SessionData.Nothing.class, "The agent is back at outbound."),
    AGT_AGENT_LOGGED_OUT("AGTAgentLoggedOut", NotificationData.LoggedOut.class, "The session is over."),
    AGT_INVALID_COMMAND_NAME(
            "AGTInvalidCommandName",
            NotificationData.InvalidCommand.class,
            "A frame could not be read, and has no command id to answer to.",
            true),
    POM_AVAILABLE(
            "POMAvailable", NotificationData.ZoneNews.class, "The zone has an owner: commands are done again.", true),
    POM_NOT_AVAILABLE(
            "POMNotAvailable",
            NotificationData.ZoneNews.class,
            "The zone has no owner for a moment: calls go on, commands are refused with 4011.",
            true),
    AGT_ZONE_DOWN(
            "AGTZoneDown",
            NotificationData.ZoneDown.class,
            "The zone stays without an owner; after the grace period its agents are logged out.",
            true),
    GET_AGENT_STATUS(
            "GetAgentStatus",
            NotificationData.StatusWanted.class,
            "A new owner asks for the desktop's view; answer with a frame status.",
            true),
    AGENT_SDK_CONNECTED_RESP(
            "AgentSDKConnectedRESP",
            DesktopAddresses.class,
            "Addresses of servers, agent managers or scripts are others than welcome said.",
            true);

    private static final Map<String, AgentNotification> BY_NAME = byName();

    private final String text;
    private final Class<? extends Record> data;
    private final String meaning;
    private final boolean aside;

    AgentNotification(String text, Class<? extends Record> data, String meaning) {
        this(text, data, meaning, false);
    }

    AgentNotification(String text, Class<? extends Record> data, String meaning, boolean aside) {
        this.text = text;
        this.data = data;
        this.meaning = meaning;
        this.aside = aside;
    }

    private static Map<String, AgentNotification> byName() {
        Map<String, AgentNotification> notifications = new HashMap<>();
        for (AgentNotification notification : values()) {
            notifications.put(notification.text, notification);
        }
        return Map.copyOf(notifications);
    }

    /** Name on the wire. */
    public String text() {
        return text;
    }

    /** Record of its data. */
    public Class<? extends Record> data() {
        return data;
    }

    /** What it tells, in a sentence. */
    public String meaning() {
        return meaning;
    }

    /** Whether the server at hand says it by itself, outside of the sequence: its {@code seq} is 0. */
    public boolean aside() {
        return aside;
    }

    public static Optional<AgentNotification> of(String text) {
        return Optional.ofNullable(BY_NAME.get(text));
    }
}
