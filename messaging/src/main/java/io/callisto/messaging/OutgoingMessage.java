package io.callisto.messaging;

import java.util.Map;

/**
 * A durable message.
 *
 * @param duplicateId the broker drops a message with an id that it has seen lately
 * @param group messages of one group go to one consumer, in order
 * @param body text, such as JSON
 * @param texts properties that are texts
 * @param numbers properties that are numbers
 * @param repeated whether it may have been sent before
 */
public record OutgoingMessage(
        String duplicateId,
        String group,
        String body,
        Map<String, String> texts,
        Map<String, Long> numbers,
        boolean repeated) {
    /** Property of a message that may have been sent before. */
    public static final String REPEATED = "callistoRepeated";

    public OutgoingMessage {
        texts = Map.copyOf(texts);
        numbers = Map.copyOf(numbers);
    }
}
