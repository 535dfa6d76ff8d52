package io.callisto.domain.agent;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The call that an agent has.
 *
 * @param offer what it is about
 * @param role whether it is this agent's to end and to wrap up
 * @param line how the customer is connected
 * @param party the third, or the agent whose call it is; null: none
 * @param extensions how often wrap-up has been prolonged
 * @param redials how often the agent has dialed again
 * @param startedAt when this agent got it
 */
public record AgentCall(
        CallOffer offer, Role role, Line line, @Nullable Party party, int extensions, int redials, Instant startedAt) {

    /** Whether the call is this agent's. */
    public enum Role {
        /** Ends and wraps up the call. */
        OWNER,
        /** Was asked to help. */
        PASSIVE
    }

    /** How the customer is connected, as far as this agent is concerned. */
    public enum Line {
        NONE,
        CONNECTED,
        ON_HOLD
    }

    /**
     * The other one of a consultation or conference.
     *
     * @param leg names the consultation at both ends and at the gateway
     * @param who the other one
     * @param joined whether they speak; else it still rings, or waits for a busy agent
     * @param deadline until when it must have joined; null once it has
     */
    public record Party(
            LegId leg,
            Destination who,
            boolean joined,
            @Nullable Instant deadline) {
        public Party {
            if (joined != (deadline == null)) {
                throw new IllegalArgumentException("a party that has not joined has a deadline, another has none");
            }
        }
    }

    /** A call that begins. */
    static AgentCall of(CallOffer offer, Line line, Instant at) {
        return new AgentCall(offer, Role.OWNER, line, null, 0, 0, at);
    }

    /** A consultation that this agent is asked to. */
    static AgentCall asked(CallOffer offer, Party by, Instant at) {
        return new AgentCall(offer, Role.PASSIVE, Line.NONE, by, 0, 0, at);
    }

    /** What commands name the call by. */
    public CallId id() {
        return offer.call();
    }

    /** Whether the call is this agent's. */
    public boolean owner() {
        return role == Role.OWNER;
    }

    AgentCall with(Line other) {
        return new AgentCall(offer, role, other, party, extensions, redials, startedAt);
    }

    AgentCall alone() {
        return new AgentCall(offer, role, line, null, extensions, redials, startedAt);
    }

    AgentCall with(Party other) {
        return new AgentCall(offer, role, line, other, extensions, redials, startedAt);
    }

    AgentCall with(Role other) {
        return new AgentCall(offer, other, line, party, extensions, redials, startedAt);
    }

    AgentCall with(CallOffer other) {
        return new AgentCall(other, role, line, party, extensions, redials, startedAt);
    }

    /** The same with more time for a party that is awaited. */
    AgentCall later(long millis) {
        Instant deadline = party == null ? null : party.deadline();
        return party == null || deadline == null
                ? this
                : with(new Party(party.leg(), party.who(), false, deadline.plusMillis(millis)));
    }

    AgentCall extended() {
        return new AgentCall(offer, role, line, party, extensions + 1, redials, startedAt);
    }

    /** The same contact dialed again. Extensions go on counting: a redial must not be a way to wrap up for ever. */
    AgentCall redialed(CallId newCall) {
        return new AgentCall(offer.withCall(newCall), role, Line.NONE, null, extensions, redials + 1, startedAt);
    }
}
