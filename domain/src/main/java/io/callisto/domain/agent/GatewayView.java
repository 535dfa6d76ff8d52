package io.callisto.domain.agent;

/**
 * What the gateways told a new agent manager about one agent, within the time that it waits for them.
 *
 * @param nail the agent's leg
 * @param customer the customer's leg of the call that the agent has; without a call of no matter
 */
public record GatewayView(Nail nail, FailoverFacts.Customer customer) {

    /** The agent's leg, as its gateway says. */
    public enum Nail {
        STANDS,
        RINGS,
        /** There is no such leg. */
        GONE,
        /** Its gateway did not answer in time: the nailing cannot be loaded. */
        UNKNOWN
    }
}
