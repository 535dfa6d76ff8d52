package io.callisto.event.contract;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What an agent did with the time, told at a steady cadence during a session and once more when it ends. Topic
 * AGENTSTATISTICS, key {@code agentId}. Times and counts are totals since the login, in milliseconds, so that a reader
 * who missed some needs only the newest of the session.
 *
 * @param eventId unique; lets a reader drop repeats
 * @param seq rises by one per event of the agent in this topic, from 1
 * @param at up to when it counts, by the database's clock
 * @param organisationId tenant
 * @param zoneId zone that the agent works in
 * @param agentId the agent
 * @param sessionId the login that it belongs to
 * @param loginAt when that was
 * @param loggedInMs since the login
 * @param readyMs ready, whatever the call state
 * @param notReadyMs on a break
 * @param idleMs ready and without a call
 * @param talkMs with a customer
 * @param holdMs with a customer on hold
 * @param wrapUpMs finishing calls
 * @param previewMs looking at a contact before the call
 * @param haMs lost to failovers (POM: total HA time)
 * @param calls that the agent had
 * @param dispositions how many of them ended with which completion code
 * @param epoch of the agent manager that wrote it
 */
public record AgentStatisticsEvent(
        UUID eventId,
        int seq,
        Instant at,
        int organisationId,
        int zoneId,
        String agentId,
        UUID sessionId,
        Instant loginAt,
        long loggedInMs,
        long readyMs,
        long notReadyMs,
        long idleMs,
        long talkMs,
        long holdMs,
        long wrapUpMs,
        long previewMs,
        long haMs,
        int calls,
        Map<String, Integer> dispositions,
        long epoch)
        implements CallistoEvent {
    public AgentStatisticsEvent {
        Objects.requireNonNull(eventId, "eventId");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(agentId, "agentId");
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(loginAt, "loginAt");
        // Sorted, so that one event is one text.
        dispositions = Collections.unmodifiableMap(new TreeMap<>(dispositions));
    }

    @Override
    public EventType eventType() {
        return EventType.AGENTSTATISTICS;
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
