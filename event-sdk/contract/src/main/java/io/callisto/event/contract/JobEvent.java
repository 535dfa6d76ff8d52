package io.callisto.event.contract;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job changed its state. Topic JOB, key {@code jobId}.
 *
 * @param eventId unique; lets a reader drop repeats
 * @param seq rises by one per event of the job, from 1
 * @param at when it happened, by the database's clock
 * @param organisationId tenant
 * @param jobId the job
 * @param campaignId its campaign
 * @param campaignName name of the campaign
 * @param type FINITE or INFINITE
 * @param oldState null for the first event
 * @param newState state after the change
 * @param reason free text, if there is one
 * @param epoch of the director that made the change; 0 where nobody owned the job yet
 */
public record JobEvent(
        UUID eventId,
        int seq,
        Instant at,
        int organisationId,
        long jobId,
        int campaignId,
        String campaignName,
        String type,
        @Nullable String oldState,
        String newState,
        @Nullable String reason,
        long epoch)
        implements CallistoEvent {
    public JobEvent {
        Objects.requireNonNull(eventId, "eventId");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(campaignName, "campaignName");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(newState, "newState");
    }

    @Override
    public EventType eventType() {
        return EventType.JOB;
    }

    @Override
    public String key() {
        return Long.toString(jobId);
    }

    @Override
    public String subject() {
        return key();
    }
}
