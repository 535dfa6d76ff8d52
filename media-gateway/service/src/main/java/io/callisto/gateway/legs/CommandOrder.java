package io.callisto.gateway.legs;

import io.callisto.gateway.v1.AgentCommand;
import java.util.List;

/**
 * Commands under one epoch.
 *
 * @param ttlMillis how old the ticket may be
 */
public record CommandOrder(String scope, long epoch, int ttlMillis, long ticket, List<AgentCommand> commands) {
    /** Longest ttl: what a command led to is remembered for longer. */
    public static final int MAX_TTL_MILLIS = CommandMemory.MAX_TTL_MILLIS;

    public CommandOrder {
        commands = List.copyOf(commands);
    }
}
