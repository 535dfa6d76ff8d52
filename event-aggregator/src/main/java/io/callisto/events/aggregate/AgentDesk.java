package io.callisto.events.aggregate;

import io.callisto.event.contract.AgentEvent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which attempt's call an agent has, so that the event with which it lets go need not say whose call that was.
 *
 * @param seq of the agent's last event
 * @param at of the agent's last event
 * @param attemptId null for none
 */
record AgentDesk(
        int organisationId,
        String agentId,
        int seq,
        Instant at,
        @Nullable UUID attemptId) {
    private static final String NO_CALL = "IDLE";

    /**
     * What an event of an agent says about attempts.
     *
     * @param desk after it
     * @param released the attempt that the agent has let go of, null for none
     * @param held the attempt that the agent has, null for none
     */
    record Change(
            AgentDesk desk,
            @Nullable UUID released,
            @Nullable UUID held) {}

    /**
     * @param before null for an agent that nothing was heard of
     * @return null for an event that was heard before
     */
    static @Nullable Change heard(@Nullable AgentDesk before, AgentEvent event) {
        // An agent that was deleted and made anew starts with 1 again, but later.
        if (before != null && event.seq() <= before.seq && !event.at().isAfter(before.at)) {
            return null;
        }
        UUID had = before == null ? null : before.attemptId;
        UUID named = event.attemptId();
        UUID held = named != null && !event.callState().equals(NO_CALL) ? named : null;
        UUID released = had != null && !had.equals(held) ? had : null;
        if (held == null && released == null && named != null) {
            released = named;
        }
        AgentDesk desk = new AgentDesk(event.organisationId(), event.agentId(), event.seq(), event.at(), held);
        return new Change(desk, released, held);
    }
}
