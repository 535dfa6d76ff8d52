package io.callisto.domain.agent;

import io.callisto.domain.PhoneNumber;
import org.jspecify.annotations.Nullable;

/**
 * Whom an agent consults: another agent or a number, never both.
 *
 * @param agent another agent, of whatever zone; null: a number
 * @param number a number outside; null: an agent
 */
public record Destination(@Nullable AgentId agent, @Nullable PhoneNumber number) {
    public Destination {
        if ((agent == null) == (number == null)) {
            throw new IllegalArgumentException("a destination is an agent or a number");
        }
    }

    /** Another agent. */
    public static Destination of(AgentId agent) {
        return new Destination(agent, null);
    }

    /** A number outside. */
    public static Destination of(PhoneNumber number) {
        return new Destination(null, number);
    }
}
