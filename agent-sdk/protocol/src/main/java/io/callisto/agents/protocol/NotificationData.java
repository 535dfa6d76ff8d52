package io.callisto.agents.protocol;

import io.callisto.agents.protocol.CallData.WrapupDetails;
import io.callisto.agents.protocol.DesktopAddresses.Scripts;
import io.callisto.agents.protocol.SessionData.ErrorInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Data of notifications. */
public final class NotificationData {
    private NotificationData() {}

    /** Data of AGTStateChangedNotify. */
    public record AgentStateChange(
            @Described(value = "New state of the agent.", words = AgentState.class)
            String agentState,

            @Described(value = "Code of the reason.", max = 32) @Nullable
            String reasonCode,

            @Described(value = "Name of the reason.", max = 64) @Nullable
            String reasonName) {}

    /** Data of AGTCallStateChangedNotify. */
    public record CallStateChange(
            @Described(value = "New state of the call.", words = CallState.class)
            String callState,

            @Described(value = "The call; left out in state Idle and NoState.", max = 64) @Nullable
            String sessionId) {}

    /** Data of AGTNailupChange. */
    public record NailupChange(
            @Described(value = "New state of the line.", words = NailupStatus.class)
            String nailupStatus,

            @Described("Why it was lost, where it was.") @Nullable
            ErrorInfo errorInfo) {}

    /** Data of AGTCapabilitiesChanged. */
    public record Capabilities(
            @Described("Names of the commands that are allowed now.")
            List<String> capabilities) {
        public Capabilities {
            capabilities = List.copyOf(capabilities);
        }
    }

    /** Data of AGTJobAttached. */
    public record JobAttached(
            @Described("Name of the campaign.") String campaignName,

            @Described("Id of the job.") long jobId,

            @Described("Addresses of the agent script of this job, where it has its own.") @Nullable
            Scripts scripts) {}

    /** Data of CALJobStateChanged. */
    public record JobStateChange(
            @Described(value = "New state of the tie to the job.", words = JobState.class)
            String jobState,

            @Described("Id of the job.") @Nullable Long jobId,

            @Described("Name of its campaign.") @Nullable String campaignName) {}

    /** Data of AGTCallNotify and of the notifications of consults, transfers and conferences that bring a call. */
    public record CallArrived(
            @Described("Who the call is with.") CallData.Contact contact,

            @Described(value = "Id of the call; commands on it carry it.", max = 64)
            String sessionId,

            @Described("Agent who consults or hands over, where it is one.") @Nullable
            String fromAgentName) {}

    /** Data of notifications that only say which call they are about. */
    public record OfCall(
            @Described(value = "The call.", max = 64) String sessionId) {}

    /** Data of AGTAutoReleaseLine. */
    public record Released(
            @Described("The wrap-up; left out where there is none.") @Nullable
            WrapupDetails wrapupDetails,

            @Described(value = "The call.", max = 64) String sessionId) {}

    /** Data of CALWrapupEnded. */
    public record WrapupEnded(
            @Described(value = "Completion code that the call got.", max = 128)
            String completionCode,

            @Described("Whether the time was over: then it is the default code.")
            boolean expired,

            @Described(value = "The call.", max = 64) String sessionId) {}

    /** Data of AGTDialFailed and AGTConsultDialFailed. */
    public record DialFailed(
            @Described("Why, in words.") String reason,

            @Described("The wrap-up; left out where there is none.") @Nullable
            WrapupDetails wrapupDetails,

            @Described(value = "The call.", max = 64) String sessionId) {}

    /** Data of AGTDialFailedErrorInfo and AGTConsultDialFailedErrorInfo. */
    public record DialFailedInfo(
            @Described("Why.") ErrorInfo errorInfo,

            @Described("The wrap-up; left out where there is none.") @Nullable
            WrapupDetails wrapupDetails,

            @Described(value = "The call.", max = 64) String sessionId) {}

    /** Data of AGTSessionIDChange. */
    public record SessionIdChange(
            @Described(value = "Id that the call had.", max = 64)
            String oldSessionId,

            @Described(value = "Id that it has now.", max = 64)
            String newSessionId) {}

    /** Data of AGTConsultPending. */
    public record ConsultPending(
            @Described("Name of the agent who asks.") String agentName,

            @Described(value = "Id of that agent.", max = 128)
            String agentId,

            @Described("Campaign of the call.") @Nullable String campaignName,
            @Described(value = "The call.", max = 64) String sessionId) {}

    /** Data of AGTPreviewCallbackPending. */
    public record CallbackPending(
            @Described("When it is due.") Instant dueAt,

            @Described(value = "Id of the call that it will be.", max = 64)
            String sessionId) {}

    /** Data of AGTCustomerDetailsChanged. */
    public record DetailChanged(
            @Described("The attribute with its new value.") ContactData.Attribute attribute,
            @Described(value = "The call.", max = 64) String sessionId) {}

    /** Data of AGTAgentLoggedOut. */
    public record LoggedOut(
            @Described("Number of the error; 0 where the agent asked for it.")
            int errorCode,

            @Described("Why, in words.") String reason) {}

    /** Data of AGTInvalidCommandName: the answer to a frame that has no command id to answer to. */
    public record InvalidCommand(
            @Described("Name of the command, where one could be read.") @Nullable
            String name,

            @Described("Number of the error.") int errorCode,
            @Described("What is wrong.") String text,

            @Described(value = "Where: a JSON pointer, or line and column.", min = 0)
            String position) {}

    /** Data of POMAvailable and POMNotAvailable. */
    public record ZoneNews(
            @Described(value = "The agent's zone.", max = 64)
            String zone) {}

    /** Data of AGTZoneDown. */
    public record ZoneDown(
            @Described(value = "The agent's zone.", max = 64)
            String zone,

            @Described("How long sessions of the zone are kept before its agents are logged out, in minutes.")
            int gracePeriodMinutes) {}

    /** Data of GetAgentStatus; the desktop answers with a frame {@code status}. */
    public record StatusWanted(
            @Described(value = "The agent.", max = 128) String agentId,

            @Described("Number of the question; the answer repeats it.")
            long asked) {}
}
