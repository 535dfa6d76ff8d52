package io.callisto.events.aggregate;

import io.callisto.event.contract.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The log as the aggregator reads it: committed records only. Used by one thread at a time. */
interface EventSource extends AutoCloseable {
    /**
     * What was read since the last time.
     *
     * @param records in the order of each partition
     * @param next where each partition that has moved is read on
     * @param gaps what could not be read where it was expected
     */
    record Polled(List<InputRecord> records, Map<InputPartition, Position> next, List<Gap> gaps) {
        static final Polled NOTHING = new Polled(List.of(), Map.of(), List.of());

        boolean nothing() {
            return records.isEmpty() && gaps.isEmpty();
        }
    }

    /** Why a partition is not read on where it was expected. */
    enum GapReason {
        /** Retention has deleted what was not read yet. */
        DELETED,
        /** The log was cut off: what we have read at its end is gone. */
        TRUNCATED
    }

    /**
     * @param missed offsets that were never read, 0 where none
     */
    record Gap(InputPartition partition, GapReason reason, long missed) {}

    /**
     * Those partitions of these organisations' topics that there are now.
     *
     * @throws SourceFailure where the log cannot be asked
     */
    List<InputPartition> look(Collection<Integer> organisations, Set<EventType> types);

    /** What {@link #look} found last; nothing before. */
    List<InputPartition> lastLook();

    /** Reads these, and only these, from there on. What of them is read already at that place goes on as it is. */
    void read(Map<InputPartition, Position> from);

    /** Does not read these now; all others are read. */
    void hold(Set<InputPartition> held);

    /** Waits so long for records at most. */
    Polled poll(Duration atMost);

    /** How many records of the partition wait to be read; empty where nobody has said yet. */
    OptionalLong lag(InputPartition partition);

    /** Where the partition is read on, with all that {@link #poll} has given or stepped over. */
    long position(InputPartition partition);

    /** Ends of the partitions, with what is not committed yet. */
    Map<InputPartition, Long> ends(Collection<InputPartition> partitions);

    /** Begins of the partitions. */
    Map<InputPartition, Long> begins(Collection<InputPartition> partitions);

    /** First record of the partition that was published at that time or later; its end where there is none. */
    long firstSince(InputPartition partition, Instant time);

    @Override
    void close();
}
