package io.callisto.events.aggregate;

import io.callisto.event.contract.EventType;
import java.util.UUID;

/**
 * A partition of a topic as it is now.
 *
 * @param type of its events
 * @param organisationId tenant
 * @param topic its name
 * @param partition its number
 * @param topicId another one: the topic was deleted and made anew
 */
record InputPartition(EventType type, int organisationId, String topic, int partition, UUID topicId) {
    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
