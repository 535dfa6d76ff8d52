package io.callisto.outbox.relay;

import io.callisto.event.contract.EventType;

/**
 * What one topic holds.
 *
 * @param type of the events
 * @param organisationId tenant
 */
public record EventStream(EventType type, int organisationId) {
    /** {@code JOB/0}: how a query names it. */
    String key() {
        return type.name() + "/" + organisationId;
    }
}
