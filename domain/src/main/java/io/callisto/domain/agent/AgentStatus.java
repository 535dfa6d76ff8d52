package io.callisto.domain.agent;

/**
 * What desktop and agent manager compare after a takeover: POM's {agentState, callState, nailupStatus}.
 *
 * @param agentState readiness
 * @param callState what the agent does with a call
 * @param nailState the nailing
 */
public record AgentStatus(AgentState agentState, CallState callState, NailState nailState) {}
