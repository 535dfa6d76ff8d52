package io.callisto.domain.agent;

import io.callisto.domain.InvariantBroken;
import java.util.EnumSet;
import java.util.Set;

/**
 * Readiness of an agent. POM's Busy and Work Not Ready say no more than the call state does, so they are a view
 * ({@link AgentView}), not states.
 */
public enum AgentState {
    LOGGED_OUT,
    /** Takes work as soon as it is nailed up and attached. */
    READY,
    /** Takes no work; never with a call. */
    NOT_READY,
    /** On a call; not ready once it is over. */
    PENDING_NOT_READY,
    /** On a call; logged out once it is over. */
    PENDING_LOGOUT;

    /** The states that may follow this one. */
    public Set<AgentState> next() {
        return switch (this) {
            case LOGGED_OUT -> EnumSet.of(NOT_READY);
            case READY -> EnumSet.of(LOGGED_OUT, NOT_READY, PENDING_NOT_READY, PENDING_LOGOUT);
            case NOT_READY -> EnumSet.of(LOGGED_OUT, READY);
            case PENDING_NOT_READY -> EnumSet.of(LOGGED_OUT, READY, NOT_READY, PENDING_LOGOUT);
            case PENDING_LOGOUT -> EnumSet.of(LOGGED_OUT, READY, PENDING_NOT_READY);
        };
    }

    /**
     * The move from this state to {@code to}, which code of ours wants: a wrong one is a bug, not a refusal.
     *
     * @return {@code to}
     * @throws InvariantBroken INV-8, where {@link #next()} does not hold it
     */
    public AgentState move(AgentState to) {
        if (!next().contains(to)) {
            throw new InvariantBroken("INV-8", "an agent cannot move from " + this + " to " + to);
        }
        return to;
    }

    /** Whether it waits for the end of a call. */
    public boolean pending() {
        return this == PENDING_NOT_READY || this == PENDING_LOGOUT;
    }
}
