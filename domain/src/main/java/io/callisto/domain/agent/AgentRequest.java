package io.callisto.domain.agent;

/**
 * A command as a desktop sends it.
 *
 * @param session the session that it is meant for
 * @param attachNo the number that the desktop got when it attached
 * @param command what is wanted
 */
public record AgentRequest(AgentSessionId session, long attachNo, AgentCommand command) {}
