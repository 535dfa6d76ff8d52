package io.callisto.agents.protocol;

import io.callisto.agents.protocol.CallData.WrapupDetails;
import io.callisto.agents.protocol.DesktopAddresses.Scripts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that a desktop shows of its agent: what a snapshot carries. */
public record AgentView(
        @Described(value = "The agent.", max = 128) String agentId,

        @Described(value = "Zone that the agent works in.", max = 64) @Nullable
        String zone,

        @Described(value = "State of the agent.", words = AgentState.class)
        String agentState,

        @Described(value = "Name of the reason, where there is one.", max = 64) @Nullable
        String reasonName,

        @Described(value = "State of the call in hand.", words = CallState.class)
        String callState,

        @Described(value = "State of the tie to a job.", words = JobState.class)
        String jobState,

        @Described(value = "State of the line.", words = NailupStatus.class)
        String nailupStatus,

        @Described("Job that the agent is attached to.") @Nullable
        Long jobId,

        @Described("Name of its campaign.") @Nullable String campaignName,

        @Described("Addresses of the agent script of this job, where it has its own.") @Nullable
        Scripts scripts,

        @Described("The call in hand.") @Nullable Call call,

        @Described("Consults of the call in hand, at most two.")
        List<Consult> consults,

        @Described("Callbacks that wait for this agent.") List<PendingCallback> callbacks,

        @Described("Names of the commands that are allowed now.")
        List<String> capabilities) {
    public AgentView {
        consults = List.copyOf(consults);
        callbacks = List.copyOf(callbacks);
        capabilities = List.copyOf(capabilities);
    }

    /** The call in hand. */
    public record Call(
            @Described(value = "Id of the call; commands on it carry it.", max = 64)
            String sessionId,

            @Described("Who it is with.") CallData.Contact contact,

            @Described("When it was answered.") @Nullable Instant connectedAt,

            @Described("Its wrap-up, in state Wrapup.") @Nullable
            WrapupDetails wrapupDetails) {}

    /** A consult that is under way. */
    public record Consult(
            @Described(value = "Id of the destination, or of the agent who consults.", max = 128)
            String destination,

            @Described("Name for people.") String name,

            @Described("Whether it was answered.") boolean answered) {}

    /** A callback that waits in the agent's preview queue. */
    public record PendingCallback(
            @Described(value = "Id of the call that it will be.", max = 64)
            String sessionId,

            @Described("When it is due.") Instant dueAt) {}
}
