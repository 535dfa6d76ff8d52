package io.callisto.event.client;

import io.callisto.event.contract.EventType;
import java.time.Instant;
import java.util.Map;

/**
 * Where an event comes from.
 *
 * @param site name of the site
 * @param type type of the event
 * @param organisationId whose topic it was in
 * @param topic name of the topic
 * @param partition number of the partition
 * @param offset position in the partition
 * @param timestamp when it was written to the log
 * @param headers of the record
 * @param attempt 1 where the handler gets the event for the first time, 2 after it has thrown once, ...
 * @param acknowledgement what {@link #acknowledge} does
 */
public record EventContext(
        String site,
        EventType type,
        int organisationId,
        String topic,
        int partition,
        long offset,
        Instant timestamp,
        Map<String, String> headers,
        int attempt,
        Runnable acknowledgement) {
    /**
     * Says that the event is dealt with, so that it does not come again after a restart. From any thread, in any
     * order. Needed with {@link CommitMode#MANUAL}; else it does nothing.
     */
    public void acknowledge() {
        acknowledgement.run();
    }

    @Override
    public String toString() {
        return site + ":" + topic + "-" + partition + "@" + offset;
    }
}
