package io.callisto.outbox.relay;

import java.time.Instant;
import java.util.UUID;

/**
 * A row of table {@code event_outbox}.
 *
 * @param id the row's
 * @param eventId unique
 * @param eventType name of an {@link io.callisto.event.contract.EventType}, or something that a newer version wrote
 * @param organisationId tenant
 * @param recordKey the Kafka key
 * @param aggregateId what the sequence counts for
 * @param aggregateSeq rises by one per event of the aggregate
 * @param epoch of the writer
 * @param payload JSON
 * @param occurredAt when it happened
 * @param waitedMicros since it was written, as the database counted when it was read
 */
public record OutboxRow(
        long id,
        UUID eventId,
        String eventType,
        int organisationId,
        String recordKey,
        String aggregateId,
        int aggregateSeq,
        long epoch,
        String payload,
        Instant occurredAt,
        long waitedMicros) {}
