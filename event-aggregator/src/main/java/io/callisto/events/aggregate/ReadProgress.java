package io.callisto.events.aggregate;

import io.callisto.event.contract.EventType;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How far the partitions are read, in time. A result must not be made before what belongs to it could be read, and
 * attempts must not be read far ahead of agents and jobs while there is much to catch up. Used by one thread.
 */
final class ReadProgress {
    /**
     * @param caughtUp whether all that was there is read
     * @param time of the last record, null for none
     */
    private record Read(boolean caughtUp, @Nullable Instant time) {
        static final Read NOTHING = new Read(false, null);

        boolean reaches(Instant at) {
            return caughtUp || (time != null && !time.isBefore(at));
        }
    }

    private final Map<InputPartition, Read> partitions = new HashMap<>();
    private final Map<Integer, Set<InputPartition>> others = new HashMap<>();

    /** These are read from now on. */
    void assigned(Map<InputPartition, Position> from) {
        partitions.keySet().retainAll(from.keySet());
        from.forEach(
                (partition, position) -> partitions.putIfAbsent(partition, new Read(false, position.recordTime())));
        others.clear();
        for (InputPartition partition : from.keySet()) {
            if (partition.type() != EventType.ATTEMPT) {
                others.computeIfAbsent(partition.organisationId(), key -> new HashSet<>())
                        .add(partition);
            }
        }
    }

    /** So much was read. */
    void read(Map<InputPartition, Position> next, Function<InputPartition, OptionalLong> lag) {
        partitions.replaceAll((partition, before) -> {
            Position moved = next.get(partition);
            Instant time = moved == null || moved.recordTime() == null ? before.time() : moved.recordTime();
            OptionalLong waiting = lag.apply(partition);
            return new Read(waiting.isPresent() && waiting.getAsLong() <= 0, time);
        });
    }

    /** Whether agents and jobs are read as far as an attempt's record of that time. */
    boolean othersRead(int organisationId, Instant at) {
        return reach(others.getOrDefault(organisationId, Set.of()), at);
    }

    private boolean reach(Collection<InputPartition> which, Instant at) {
        return which.stream()
                .allMatch(partition ->
                        partitions.getOrDefault(partition, Read.NOTHING).reaches(at));
    }

    /** Partitions with attempts that are read so far that others should be read first. */
    Set<InputPartition> ahead() {
        Set<InputPartition> ahead = new HashSet<>();
        partitions.forEach((partition, read) -> {
            Instant time = read.time();
            if (partition.type() == EventType.ATTEMPT && time != null && behind(partition.organisationId(), time)) {
                ahead.add(partition);
            }
        });
        return ahead;
    }

    /** Only those count that have said how much waits: others may have nothing at all. */
    private boolean behind(int organisationId, Instant time) {
        return others.getOrDefault(organisationId, Set.of()).stream()
                .map(partition -> partitions.getOrDefault(partition, Read.NOTHING))
                .anyMatch(read -> read.time() != null && !read.reaches(time));
    }

    /** Whether everything that was there is read. */
    boolean caughtUp() {
        return partitions.values().stream().allMatch(Read::caughtUp);
    }
}
