package io.callisto.event.contract.validation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record of the log as any consumer gets it.
 *
 * @param topic its topic
 * @param key null where the record has none
 * @param value null where the record has none
 * @param headers by name, as UTF-8 text
 */
public record LogEntry(
        String topic, @Nullable String key, @Nullable String value, Map<String, String> headers) {
    public LogEntry {
        headers = Map.copyOf(headers);
    }
}
