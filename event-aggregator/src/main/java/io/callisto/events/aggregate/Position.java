package io.callisto.events.aggregate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a partition is read.
 *
 * @param nextOffset of the next record
 * @param leaderEpoch of the last record, null where nobody knows
 * @param recordTime of the last record, null for none
 */
record Position(
        long nextOffset,
        @Nullable Integer leaderEpoch,
        @Nullable Instant recordTime) {
    /** From an offset that nothing was read before. */
    static Position at(long offset) {
        return new Position(offset, null, null);
    }
}
