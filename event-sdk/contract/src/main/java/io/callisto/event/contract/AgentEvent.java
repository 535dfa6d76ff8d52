package io.callisto.event.contract;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something changed about an agent: session, readiness, call, job or nail-up. Each event carries all four states as
 * they are after it. Topic AGENT, key {@code agentId}.
 *
 * @param eventId unique; lets a reader drop repeats
 * @param seq rises by one per event of the agent, from 1
 * @param at when it happened, by the database's clock
 * @param organisationId tenant
 * @param zoneId zone that the agent works in
 * @param agentId the agent
 * @param sessionId the login that it belongs to
 * @param change LOGIN, LOGOUT, AGENT_STATE, CALL_STATE, JOB_STATE or NAIL_STATE
 * @param agentState LOGGED_OUT, READY, NOT_READY, PENDING_NOT_READY or PENDING_LOGOUT
 * @param callState of POM's table of call states in upper case: IDLE, TALKING, HELD, CONSULT, CONFERENCE_OWNER,
 *     CONFERENCE_PASSIVE, WRAPUP, PREVIEW, DIALING, CALLBACK, PENDING_CALL
 * @param jobState NOT_ATTACHED, JOB_ATTACHED, JOB_END, PENDING_INBOUND, JOB_MANUAL_INBOUND or
 *     PENDING_MANUAL_JOB_MOVEMENT
 * @param nailState NOT_NAILED, NAILING, NAILED or LOST
 * @param reasonCode why not ready or logged out, where there is one
 * @param jobId job that the agent is attached to, null for none
 * @param attemptId the attempt whose call the agent has, null for none
 * @param completionCode disposition, with the change that ends wrap-up only
 * @param epoch of the agent manager that wrote the change
 */
public record AgentEvent(
        UUID eventId,
        int seq,
        Instant at,
        int organisationId,
        int zoneId,
        String agentId,
        UUID sessionId,
        String change,
        String agentState,
        String callState,
        String jobState,
        String nailState,
        @Nullable String reasonCode,
        @Nullable Long jobId,
        @Nullable UUID attemptId,
        @Nullable String completionCode,
        long epoch)
        implements CallistoEvent {
    public AgentEvent {
        Objects.requireNonNull(eventId, "eventId");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(agentId, "agentId");
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(agentState, "agentState");
        Objects.requireNonNull(callState, "callState");
        Objects.requireNonNull(jobState, "jobState");
        Objects.requireNonNull(nailState, "nailState");
    }

    @Override
    public EventType eventType() {
        return EventType.AGENT;
    }

    @Override
    public String key() {
        return agentId;
    }

    @Override
    public String subject() {
        return key();
    }
}
