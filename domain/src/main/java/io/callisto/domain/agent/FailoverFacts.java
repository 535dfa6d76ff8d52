package io.callisto.domain.agent;

import io.callisto.domain.agent.AgentCall.Role;

/**
 * What a new agent manager finds out about an agent.
 *
 * @param customer what has become of the customer's leg
 * @param nailed whether the agent's leg stands
 * @param attached whether the agent is attached to a job
 * @param role its part in the call; owner where there is none
 */
public record FailoverFacts(Customer customer, boolean nailed, boolean attached, Role role) {

    /** The customer's leg, as the gateway says. */
    public enum Customer {
        CONNECTED,
        /** Dialed and not answered yet. */
        RINGING,
        /** Hung up, failed, or never there. */
        GONE
    }
}
