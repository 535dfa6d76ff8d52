package io.callisto.events.aggregate;

import java.time.Instant;
import java.util.Map;

/**
 * How a shard stands.
 *
 * @param generation of its state
 * @param phase what it is at
 * @param floors per organisation: results of before may be deleted by retention
 */
record AggregatorState(long generation, Phase phase, Map<Integer, Instant> floors) {
    /** What a shard is at. */
    enum Phase {
        /** The state is being thrown away. */
        CLEARING,
        /** It is learned which results exist. */
        SEEDING,
        /** The log is read again from its beginning. */
        REPLAYING,
        /** The log is read as it grows. */
        LIVE
    }

    AggregatorState {
        floors = Map.copyOf(floors);
    }

    AggregatorState at(Phase next) {
        return new AggregatorState(generation, next, floors);
    }
}
