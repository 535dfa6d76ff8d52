package io.callisto.event.client;

import io.callisto.event.client.source.SourcePartition;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Where to begin at a site.
 *
 * @param at for all topics
 * @param times after a switch that replays: for these topics, the time from which on
 */
record StartPlan(StartAt at, Map<String, Instant> times) {
    StartPlan {
        times = Map.copyOf(times);
    }

    static StartPlan of(StartAt at) {
        return new StartPlan(at, Map.of());
    }

    Map<SourcePartition, Long> offsets(Session session, Set<SourcePartition> partitions) {
        Map<SourcePartition, Instant> timed = new HashMap<>();
        Set<SourcePartition> others = new HashSet<>();
        for (SourcePartition partition : partitions) {
            Instant time = times.get(partition.topic());
            if (time == null) {
                others.add(partition);
            } else {
                timed.put(partition, time);
            }
        }
        Map<SourcePartition, Long> found = new HashMap<>(resolve(session, others, at));
        if (!timed.isEmpty()) {
            found.putAll(session.source().offsetsAt(timed));
        }
        return found;
    }

    /** For partitions that come back, for example after a rebalance: behind what the group has dealt with. */
    Map<SourcePartition, Long> goOn(Session session, Set<SourcePartition> partitions) {
        Map<SourcePartition, Long> found = new HashMap<>(committed(session, partitions));
        Set<SourcePartition> others = new HashSet<>(partitions);
        others.removeAll(found.keySet());
        found.putAll(offsets(session, others));
        return found;
    }

    private static Map<SourcePartition, Long> committed(Session session, Set<SourcePartition> partitions) {
        return partitions.isEmpty() ? Map.of() : session.committed(partitions);
    }

    static Map<SourcePartition, Long> resolve(Session session, Set<SourcePartition> partitions, StartAt at) {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        return switch (at.kind()) {
            case EARLIEST -> session.source().firstOffsets(partitions);
            case LATEST -> session.source().endOffsets(partitions);
            case TIME, AGO -> {
                Instant time = Objects.requireNonNull(at.timeAt(session.now()));
                Map<SourcePartition, Instant> times = new HashMap<>();
                partitions.forEach(partition -> times.put(partition, time));
                yield session.source().offsetsAt(times);
            }
            case LAST_POSITION -> {
                Map<SourcePartition, Long> found = new HashMap<>(session.committed(partitions));
                Set<SourcePartition> others = new HashSet<>(partitions);
                others.removeAll(found.keySet());
                found.putAll(resolve(session, others, at.otherwise()));
                yield found;
            }
        };
    }
}
