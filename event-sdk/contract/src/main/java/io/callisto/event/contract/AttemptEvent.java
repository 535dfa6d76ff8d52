package io.callisto.event.contract;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An attempt reached a phase. Topic ATTEMPT, key {@code contactId}.
 *
 * @param eventId unique; lets a reader drop repeats
 * @param seq rises by one per event of the attempt, from 1
 * @param at when it happened: the gateway's report where there is one, else the database's clock
 * @param organisationId tenant
 * @param zoneId zone of the contact list
 * @param attemptId the attempt, also the call's id at the media gateway (POM: session id)
 * @param jobId the job
 * @param campaignId its campaign
 * @param contactId the contact (POM: system contact id)
 * @param userContactId the contact's id in the imported file
 * @param contactListId its list
 * @param attemptNo 1 for the first attempt at the contact in the job
 * @param address the number called, E.164
 * @param addressAttribute which attribute of the contact it was, {@code phoneNumber1}
 * @param channel VOICE
 * @param phase RESERVED, DIALING, RINGING, ANSWERED or COMPLETED
 * @param completionCode text of the code, with COMPLETED only
 * @param gatewayId the media gateway
 * @param epoch of the dialer that wrote the change
 */
public record AttemptEvent(
        UUID eventId,
        int seq,
        Instant at,
        int organisationId,
        int zoneId,
        UUID attemptId,
        long jobId,
        int campaignId,
        long contactId,
        String userContactId,
        int contactListId,
        int attemptNo,
        String address,
        String addressAttribute,
        String channel,
        String phase,
        @Nullable String completionCode,
        String gatewayId,
        long epoch)
        implements CallistoEvent {
    public AttemptEvent {
        Objects.requireNonNull(eventId, "eventId");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(attemptId, "attemptId");
        Objects.requireNonNull(userContactId, "userContactId");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(addressAttribute, "addressAttribute");
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(gatewayId, "gatewayId");
    }

    @Override
    public EventType eventType() {
        return EventType.ATTEMPT;
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
