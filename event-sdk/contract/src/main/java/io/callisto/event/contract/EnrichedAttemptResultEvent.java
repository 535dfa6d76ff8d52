package io.callisto.event.contract;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The result of an attempt, with all that the attempt, its job and its agent said about it. Topic
 * ENRICHEDATTEMPTRESULT, key {@code contactId}. One per attempt; where something came late (an agent's disposition
 * after the time limit), another with the next {@code seq} replaces it as a whole.
 *
 * @param eventId unique and the same however often it is computed; lets a reader drop repeats
 * @param seq 1; 2, 3, ... for one that replaces the one before
 * @param at when the attempt was over: {@code completedAt}, or for a replacement when the late part happened
 * @param organisationId tenant
 * @param zoneId zone of the contact list
 * @param attemptId the attempt
 * @param attemptNo 1 for the first attempt at the contact in the job
 * @param jobId the job
 * @param campaignId its campaign
 * @param campaignName name of the campaign; null where the log no longer has an event of the job
 * @param contactId the contact
 * @param userContactId the contact's id in the imported file
 * @param contactListId its list
 * @param address the number called, E.164
 * @param addressAttribute which attribute of the contact it was
 * @param channel VOICE
 * @param gatewayId the media gateway
 * @param completionCode how it ended: the agent's disposition where there is one, else the system's code
 * @param systemCode how the call ended by the system's code
 * @param reservedAt when it was promised to the gateway; null where the log no longer has it
 * @param dialedAt when the call was placed; null where it never was
 * @param ringingAt when it rang; null where it never did
 * @param answeredAt when it was answered; null where it never was
 * @param completedAt when the call was over
 * @param ringMs from the dialing to the answer or the end; null where it was never dialed
 * @param talkMs from the answer to the end; null where it was never answered
 * @param agentId the agent who had the call last; null for none
 * @param agentSessionId the agent's login; null for none
 * @param connectedAt when an agent got the call first; null where none did
 * @param wrapUpAt when the agent's wrap-up began; null for none
 * @param wrapUpEndAt when it ended; null for none
 * @param epoch of the aggregator that wrote it
 */
public record EnrichedAttemptResultEvent(
        UUID eventId,
        int seq,
        Instant at,
        int organisationId,
        int zoneId,
        UUID attemptId,
        int attemptNo,
        long jobId,
        int campaignId,
        @Nullable String campaignName,
        long contactId,
        String userContactId,
        int contactListId,
        String address,
        String addressAttribute,
        String channel,
        String gatewayId,
        String completionCode,
        String systemCode,
        @Nullable Instant reservedAt,
        @Nullable Instant dialedAt,
        @Nullable Instant ringingAt,
        @Nullable Instant answeredAt,
        Instant completedAt,
        @Nullable Long ringMs,
        @Nullable Long talkMs,
        @Nullable String agentId,
        @Nullable UUID agentSessionId,
        @Nullable Instant connectedAt,
        @Nullable Instant wrapUpAt,
        @Nullable Instant wrapUpEndAt,
        long epoch)
        implements CallistoEvent {
    public EnrichedAttemptResultEvent {
        Objects.requireNonNull(eventId, "eventId");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(attemptId, "attemptId");
        Objects.requireNonNull(userContactId, "userContactId");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(addressAttribute, "addressAttribute");
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(gatewayId, "gatewayId");
        Objects.requireNonNull(completionCode, "completionCode");
        Objects.requireNonNull(systemCode, "systemCode");
        Objects.requireNonNull(completedAt, "completedAt");
    }

    @Override
    public EventType eventType() {
        return EventType.ENRICHEDATTEMPTRESULT;
    }

    @Override
    public String key() {
        return Long.toString(contactId);
    }

    @Override
    public String subject() {
        return attemptId.toString();
    }
}
