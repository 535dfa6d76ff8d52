package io.callisto.events.aggregate;

import io.callisto.event.contract.AgentEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One agent's part in an attempt.
 *
 * @param agentId the agent
 * @param sessionId the agent's login
 * @param connectedAt when the agent got the call first; null: never had it (a preview, a consultation)
 * @param wrapUpAt when the wrap-up began first
 * @param endedAt when the agent let go of the attempt; null while it has it
 * @param completionCode the agent's disposition
 */
record AgentLeg(
        String agentId,
        UUID sessionId,
        @Nullable Instant connectedAt,
        @Nullable Instant wrapUpAt,
        @Nullable Instant endedAt,
        @Nullable String completionCode) {
    /** Those in which the call is the agent's own: not one that asks for advice, or listens in a conference. */
    private static final Set<String> HAS_THE_CALL = Set.of("TALKING", "HELD", "CONFERENCE_OWNER");

    private static final String WRAP_UP = "WRAPUP";

    /** The last one had the call last: a leg that never had it comes before all that had. */
    static final Comparator<AgentLeg> BY_CALL = Comparator.comparing(
                    AgentLeg::connectedAt, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
            .thenComparing(AgentLeg::wrapUpAt, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
            .thenComparing(AgentLeg::agentId);

    static AgentLeg of(AgentEvent first) {
        return new AgentLeg(first.agentId(), first.sessionId(), null, null, null, null);
    }

    /** The agent has the attempt, in the event's state; also one that comes back to it. */
    AgentLeg held(AgentEvent event) {
        boolean talks = HAS_THE_CALL.contains(event.callState());
        boolean wrapsUp = WRAP_UP.equals(event.callState());
        return new AgentLeg(
                agentId,
                event.sessionId(),
                talks && connectedAt == null ? event.at() : connectedAt,
                wrapsUp && wrapUpAt == null ? event.at() : wrapUpAt,
                null,
                event.completionCode() == null ? completionCode : event.completionCode());
    }

    /** The agent has let go of it. */
    AgentLeg ended(Instant at, @Nullable String code) {
        return new AgentLeg(agentId, sessionId, connectedAt, wrapUpAt, at, code == null ? completionCode : code);
    }

    boolean open() {
        return endedAt == null;
    }

    /** Whether the call was the agent's: its wrap-up says so too, where what came before is lost. */
    boolean hadCall() {
        return connectedAt != null || wrapUpAt != null;
    }

    /** When the wrap-up ended. */
    @Nullable
    Instant wrapUpEndAt() {
        return wrapUpAt == null ? null : endedAt;
    }
}
