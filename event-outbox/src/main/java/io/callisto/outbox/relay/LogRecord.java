package io.callisto.outbox.relay;

import io.callisto.event.contract.EventHeaders;
import io.callisto.event.contract.EventSchema;
import io.callisto.event.contract.EventType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An outbox row as a record of the log: CloudEvents in binary mode.
 *
 * @param rowId the row's
 * @param topic where it goes
 * @param key events of one key keep their order
 * @param value the payload, unchanged
 * @param headers see {@link EventHeaders}
 */
public record LogRecord(long rowId, String topic, String key, String value, Map<String, String> headers) {

    /** The records of a row whose type is known, one for each topic. */
    static List<LogRecord> of(OutboxRow row, EventType type, List<String> topics) {
        Map<String, String> headers = headers(row, type);
        return topics.stream()
                .map(topic -> new LogRecord(row.id(), topic, row.recordKey(), row.payload(), headers))
                .toList();
    }

    private static Map<String, String> headers(OutboxRow row, EventType type) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(EventHeaders.SPEC_VERSION, EventHeaders.SPEC_VERSION_1);
        headers.put(EventHeaders.ID, row.eventId().toString());
        headers.put(EventHeaders.TYPE, EventHeaders.type(type));
        headers.put(EventHeaders.SOURCE, EventHeaders.source(row.organisationId()));
        headers.put(EventHeaders.SUBJECT, row.aggregateId());
        headers.put(EventHeaders.TIME, row.occurredAt().toString());
        headers.put(EventHeaders.CONTENT_TYPE, EventHeaders.JSON);
        headers.put(EventHeaders.DATA_SCHEMA, EventSchema.uri(type));
        headers.put(EventHeaders.SEQ, Integer.toString(row.aggregateSeq()));
        headers.put(EventHeaders.EPOCH, Long.toString(row.epoch()));
        return headers;
    }
}
