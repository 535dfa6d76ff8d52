package io.callisto.event.client.source;

/**
 * A partition of a topic.
 *
 * @param topic name of the topic
 * @param number from 0
 */
public record SourcePartition(String topic, int number) {
    @Override
    public String toString() {
        return topic + "-" + number;
    }
}
