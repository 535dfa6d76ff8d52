package io.callisto.events.aggregate;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record of the log.
 *
 * @param from where it stands
 * @param offset its number there
 * @param at when it was published
 * @param schema header {@code ce_dataschema}, null for none
 * @param eventType header {@code ce_type}, null for none
 * @param value its bytes, null for none; a reader duplicates it before it reads
 */
record InputRecord(
        InputPartition from,
        long offset,
        Instant at,
        @Nullable String schema,
        @Nullable String eventType,
        @Nullable ByteBuffer value) {}
