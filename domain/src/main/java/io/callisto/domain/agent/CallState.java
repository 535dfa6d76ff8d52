package io.callisto.domain.agent;

import io.callisto.domain.InvariantBroken;
import java.util.EnumSet;
import java.util.Set;

/** What an agent does with a call. Names are POM's. */
public enum CallState {
    IDLE,
    /** With the customer. */
    TALKING,
    /** The customer waits on hold. */
    HELD,
    /** The customer's phone rings. */
    DIALING,
    /** The contact is shown; the agent dials or cancels. */
    PREVIEW,
    /** The call is over; the agent is to say how it went. */
    WRAPUP,
    /** A callback promised by this agent is due and shown; the agent dials or cancels. */
    CALLBACK,
    /** Asks another agent or a number while the customer waits (owner), or is asked (passive). */
    CONSULT,
    /** Customer, this agent and a third: this agent's call. */
    CONFERENCE_OWNER,
    /** Customer, another agent and this one: the other agent's call. */
    CONFERENCE_PASSIVE,
    /** Chosen for an answered call that is being connected. */
    PENDING_CALL;

    /** The states that may follow this one. */
    public Set<CallState> next() {
        return switch (this) {
            case IDLE -> EnumSet.of(PENDING_CALL, PREVIEW, CALLBACK, CONSULT);
            case TALKING -> EnumSet.of(HELD, CONSULT, WRAPUP);
            case HELD -> EnumSet.of(TALKING, CONSULT, WRAPUP);
            case DIALING -> EnumSet.of(TALKING, WRAPUP);
            case PREVIEW -> EnumSet.of(IDLE, DIALING, WRAPUP);
            case WRAPUP -> EnumSet.of(IDLE, DIALING);
            case CALLBACK -> EnumSet.of(IDLE, DIALING, WRAPUP);
            case CONSULT -> EnumSet.of(IDLE, TALKING, WRAPUP, CONFERENCE_OWNER, CONFERENCE_PASSIVE);
            case CONFERENCE_OWNER -> EnumSet.of(TALKING, WRAPUP, CONFERENCE_PASSIVE);
            case CONFERENCE_PASSIVE -> EnumSet.of(IDLE, PREVIEW, CONFERENCE_OWNER);
            case PENDING_CALL -> EnumSet.of(IDLE, TALKING);
        };
    }

    /**
     * The move from this state to {@code to}, which code of ours wants: a wrong one is a bug, not a refusal.
     *
     * @return {@code to}
     * @throws InvariantBroken INV-8, where {@link #next()} does not hold it
     */
    public CallState move(CallState to) {
        if (!next().contains(to)) {
            throw new InvariantBroken("INV-8", "an agent's call cannot move from " + this + " to " + to);
        }
        return to;
    }
}
