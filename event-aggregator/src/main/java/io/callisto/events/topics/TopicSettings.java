package io.callisto.events.topics;

import io.callisto.event.contract.EventType;
import io.callisto.outbox.relay.TopicNames;
import java.util.Map;

/**
 * What topics should be like.
 *
 * @param general the shape of topics that have none of their own
 * @param byType shapes of the topics of some types
 * @param shards of the outbox, each with a partition in the position topic
 * @param names of the event topics
 * @param removeOfDeleted whether the topics of deleted organisations are deleted
 * @param correctRetention whether an existing topic with another retention gets the one that is set
 */
public record TopicSettings(
        TopicShape general,
        Map<EventType, TopicShape> byType,
        int shards,
        TopicNames names,
        boolean removeOfDeleted,
        boolean correctRetention) {
    public TopicSettings {
        byType = Map.copyOf(byType);
        if (shards < 1) {
            throw new IllegalArgumentException("there must be at least one shard, not " + shards);
        }
    }

    TopicShape shape(EventType type) {
        return byType.getOrDefault(type, general);
    }
}
