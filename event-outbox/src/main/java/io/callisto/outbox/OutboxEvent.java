package io.callisto.outbox;

import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.EventType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * An event on its way into table {@code event_outbox}.
 *
 * @param eventId unique
 * @param type decides the topic, with the organisation
 * @param organisationId tenant
 * @param recordKey the Kafka key
 * @param aggregateId what the sequence counts for
 * @param aggregateSeq rises by one per event of the aggregate
 * @param epoch of the writer
 * @param payload JSON
 * @param occurredAt when it happened
 */
public record OutboxEvent(
        UUID eventId,
        EventType type,
        int organisationId,
        String recordKey,
        String aggregateId,
        int aggregateSeq,
        long epoch,
        String payload,
        Instant occurredAt) {

    public static OutboxEvent of(CallistoEvent event, EventJson json) {
        return new OutboxEvent(
                event.eventId(),
                event.eventType(),
                event.organisationId(),
                event.key(),
                event.subject(),
                event.seq(),
                event.epoch(),
                json.write(event),
                // As the payload has it: the database would round what is finer, and header and payload would differ.
                event.at().truncatedTo(ChronoUnit.MICROS));
    }
}
