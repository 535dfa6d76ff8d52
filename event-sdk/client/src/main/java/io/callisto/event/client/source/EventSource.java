package io.callisto.event.client.source;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A reader of committed records. Used by one thread, {@link #wakeUp} aside. Every method may throw
 * {@link SourceFailure}.
 */
public interface EventSource extends AutoCloseable {
    /** Hears, inside {@link #poll} and {@link #close}, which partitions are ours. */
    interface Rebalance {
        /** Ours from now on. Nothing is read from them before {@link EventSource#resume}. */
        void assigned(Set<SourcePartition> partitions);

        /** Ours no longer after this call; the last moment to commit. */
        void revoked(Set<SourcePartition> partitions);

        /** Ours no longer; somebody else may have them already. */
        void lost(Set<SourcePartition> partitions);
    }

    /** Begins to read; topics that do not exist yet are read once they do. */
    void subscribe(Set<String> topics, Rebalance rebalance);

    /** Without a group: takes partitions that have appeared since. With one, nothing needs to be done. */
    void takeNewPartitions();

    /** The next records of all partitions that are ours and not paused; empty after the limit or a wake-up. */
    List<SourceRecord> poll(Duration limit);

    /** The group's positions, without those that have none. */
    Map<SourcePartition, Long> committed(Set<SourcePartition> partitions);

    Map<SourcePartition, Long> firstOffsets(Set<SourcePartition> partitions);

    Map<SourcePartition, Long> endOffsets(Set<SourcePartition> partitions);

    /** Offset of the first record written at the time or later; the end where there is none. */
    Map<SourcePartition, Long> offsetsAt(Map<SourcePartition, Instant> times);

    void seek(SourcePartition partition, long offset);

    /** Offset of the next record that {@link #poll} returns. */
    long position(SourcePartition partition);

    /** How many records are to come, where that is known without asking. */
    OptionalLong lag(SourcePartition partition);

    /** Keeps positions for the group; returns when they are safe. */
    void commit(Map<SourcePartition, Long> positions);

    void pause(Collection<SourcePartition> partitions);

    void resume(Collection<SourcePartition> partitions);

    /** Ends the {@link #poll} that runs, or else the next one. From any thread. */
    void wakeUp();

    /** Leaves the group. */
    void close(Duration limit);

    @Override
    default void close() {
        close(Duration.ofSeconds(5));
    }
}
