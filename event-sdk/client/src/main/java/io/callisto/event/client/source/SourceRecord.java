package io.callisto.event.client.source;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record as it came, not looked into yet.
 *
 * @param partition where it is
 * @param offset its position there
 * @param timestamp when it was written, by the log
 * @param key text of its key; null for none
 * @param value its bytes; null for none
 * @param headers by name; of several with one name the last
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying every value would cost what nobody needs
public record SourceRecord(
        SourcePartition partition,
        long offset,
        Instant timestamp,
        @Nullable String key,
        byte @Nullable [] value,
        Map<String, String> headers) {
    public SourceRecord {
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return partition + "@" + offset; // a value may hold phone numbers
    }
}
