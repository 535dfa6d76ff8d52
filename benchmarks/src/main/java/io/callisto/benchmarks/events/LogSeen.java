package io.callisto.benchmarks.events;

import io.callisto.event.contract.EventType;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What a client has seen in the log: each event when, and whether any came twice or out of order. One thread. */
final class LogSeen {
    private final Map<UUID, Long> arrivals = new HashMap<>();
    private final Map<EventType, Map<String, Integer>> sequences = new EnumMap<>(EventType.class);
    private final Map<UUID, Long> results = new HashMap<>();
    private final Map<EventType, Long> counts = new EnumMap<>(EventType.class);
    private long duplicates;
    private long outOfOrder;

    /**
     * @param subject what {@code seq} counts for
     * @param nanos when it was seen
     */
    void record(EventType type, UUID eventId, String subject, int seq, long nanos) {
        if (arrivals.putIfAbsent(eventId, nanos) != null) {
            duplicates++;
            return;
        }
        counts.merge(type, 1L, Long::sum);
        if (type == EventType.ENRICHEDATTEMPTRESULT) {
            results.putIfAbsent(UUID.fromString(subject), nanos);
        }
        Integer before = sequences.computeIfAbsent(type, of -> new HashMap<>()).put(subject, seq);
        int last = before == null ? 0 : before;
        if (seq == last) {
            // The same place in the history under another id.
            duplicates++;
        } else if (seq != last + 1) {
            outOfOrder++;
        }
    }

    /** When each event was seen first. */
    Map<UUID, Long> arrivals() {
        return arrivals;
    }

    /** When the first result of each attempt was seen. */
    Map<UUID, Long> results() {
        return results;
    }

    /** Different events of each type. */
    Map<EventType, Long> counts() {
        return Map.copyOf(counts);
    }

    long duplicates() {
        return duplicates;
    }

    long outOfOrder() {
        return outOfOrder;
    }

    /** Those of {@code events} that were not seen, and attempts without a result. */
    long missing(Set<UUID> events, Set<UUID> attempts) {
        return events.stream().filter(id -> !arrivals.containsKey(id)).count()
                + attempts.stream().filter(id -> !results.containsKey(id)).count();
    }
}
