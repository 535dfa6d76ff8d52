package io.callisto.domain.agent;

import io.callisto.domain.InvariantBroken;
import java.util.EnumSet;
import java.util.Set;

/**
 * How an agent stands to the jobs. POM's two documents disagree on the name of a wish to go inbound that waits for the
 * call's end; here it is {@link #PENDING_INBOUND}, whoever wished it.
 */
public enum AgentJobState {
    NOT_ATTACHED,
    JOB_ATTACHED,
    /** The last job ended, or the agent was taken off it, during a call. */
    JOB_END,
    /** To inbound work once the call is over. */
    PENDING_INBOUND,
    /** At inbound work because the blender moved it. */
    JOB_INBOUND,
    /** At inbound work because the agent asked for it. */
    JOB_MANUAL_INBOUND,
    /** To another job once the call is over. */
    PENDING_MANUAL_JOB_MOVEMENT,
    /** To a job once the call is over and the agent is nailed up. */
    PENDING_JOB_ATTACH;

    /** The states that may follow this one. */
    public Set<AgentJobState> next() {
        return switch (this) {
            case NOT_ATTACHED ->
                EnumSet.of(JOB_ATTACHED, PENDING_INBOUND, JOB_INBOUND, JOB_MANUAL_INBOUND, PENDING_JOB_ATTACH);
            case JOB_ATTACHED ->
                EnumSet.of(
                        NOT_ATTACHED,
                        JOB_END,
                        PENDING_INBOUND,
                        JOB_INBOUND,
                        JOB_MANUAL_INBOUND,
                        PENDING_MANUAL_JOB_MOVEMENT);
            case JOB_END -> EnumSet.of(NOT_ATTACHED, PENDING_INBOUND, PENDING_MANUAL_JOB_MOVEMENT, PENDING_JOB_ATTACH);
            case PENDING_INBOUND -> EnumSet.of(NOT_ATTACHED, JOB_ATTACHED, JOB_END, JOB_INBOUND, JOB_MANUAL_INBOUND);
            case JOB_INBOUND, JOB_MANUAL_INBOUND -> EnumSet.of(NOT_ATTACHED, JOB_ATTACHED);
            case PENDING_MANUAL_JOB_MOVEMENT, PENDING_JOB_ATTACH -> EnumSet.of(NOT_ATTACHED, JOB_ATTACHED, JOB_END);
        };
    }

    /**
     * The move from this state to {@code to}, which code of ours wants: a wrong one is a bug, not a refusal.
     *
     * @return {@code to}
     * @throws InvariantBroken INV-8, where {@link #next()} does not hold it
     */
    public AgentJobState move(AgentJobState to) {
        if (!next().contains(to)) {
            throw new InvariantBroken("INV-8", "an agent's tie to jobs cannot move from " + this + " to " + to);
        }
        return to;
    }

    /** Whether the agent serves inbound calls, which are not ours. */
    public boolean inbound() {
        return this == JOB_INBOUND || this == JOB_MANUAL_INBOUND;
    }
}
