package io.callisto.events.aggregate;

import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.EventHeaders;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.EventType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** A log in memory, with as many readers as a test likes. Used by one thread. */
final class InMemoryLog {
    private static final UUID TOPIC_ID = new UUID(0, 1);

    private final Map<InputPartition, List<InputRecord>> partitions = new LinkedHashMap<>();
    private final Map<InputPartition, Long> begins = new HashMap<>();
    private final EventJson json = new EventJson();
    private final int batch;
    int open;

    /**
     * @param batch most records of a poll
     */
    InMemoryLog(int batch) {
        this.batch = batch;
    }

    static InputPartition partition(EventType type, int organisation, int number) {
        return new InputPartition(type, organisation, type.topic(organisation), number, TOPIC_ID);
    }

    void create(int organisation) {
        for (EventType type : EventType.values()) {
            partitions.put(partition(type, organisation, 0), new ArrayList<>());
        }
    }

    void append(CallistoEvent event) {
        append(partition(event.eventType(), event.organisationId(), 0), json.write(event), event.at());
    }

    void append(InputPartition where, String value, Instant at) {
        List<InputRecord> records = records(where);
        records.add(new InputRecord(
                where,
                begin(where) + records.size(),
                at,
                null,
                EventHeaders.type(where.type()),
                ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8))));
    }

    /** As retention does. */
    void deleteBefore(InputPartition where, long offset) {
        records(where).removeIf(record -> record.offset() < offset);
        begins.put(where, offset);
    }

    private List<InputRecord> records(InputPartition where) {
        return partitions.computeIfAbsent(where, key -> new ArrayList<>());
    }

    private long begin(InputPartition where) {
        return begins.getOrDefault(where, 0L);
    }

    private long end(InputPartition where) {
        return begin(where) + records(where).size();
    }

    /** Records that were ever written to the topics of a type. */
    long size(EventType type) {
        return partitions.keySet().stream()
                .filter(partition -> partition.type() == type)
                .mapToLong(this::end)
                .sum();
    }

    EventSource source() {
        open++;
        return new Source();
    }

    private final class Source implements EventSource {
        private final Map<InputPartition, Long> next = new LinkedHashMap<>();
        private Set<InputPartition> held = Set.of();

        @Override
        public List<InputPartition> look(Collection<Integer> organisations, Set<EventType> types) {
            return partitions.keySet().stream()
                    .filter(partition ->
                            organisations.contains(partition.organisationId()) && types.contains(partition.type()))
                    .toList();
        }

        @Override
        public List<InputPartition> lastLook() {
            return List.of();
        }

        @Override
        public void read(Map<InputPartition, Position> from) {
            next.clear();
            from.forEach((partition, position) -> next.put(partition, position.nextOffset()));
        }

        @Override
        public void hold(Set<InputPartition> partitions) {
            held = new HashSet<>(partitions);
        }

        @Override
        public Polled poll(Duration atMost) {
            List<InputRecord> found = new ArrayList<>();
            Map<InputPartition, Position> moved = new HashMap<>();
            List<Gap> gaps = new ArrayList<>();
            for (InputPartition partition : List.copyOf(next.keySet())) {
                long from = next.getOrDefault(partition, 0L);
                if (from < begin(partition)) {
                    gaps.add(new Gap(partition, GapReason.DELETED, begin(partition) - from));
                    next.put(partition, begin(partition));
                    moved.put(partition, Position.at(begin(partition)));
                    continue;
                }
                for (InputRecord record : records(partition)) {
                    if (!held.contains(partition) && record.offset() >= from && found.size() < batch) {
                        found.add(record);
                        next.put(partition, record.offset() + 1);
                        moved.put(partition, new Position(record.offset() + 1, null, record.at()));
                    }
                }
            }
            return new Polled(found, moved, gaps);
        }

        @Override
        public OptionalLong lag(InputPartition partition) {
            return OptionalLong.of(end(partition) - next.getOrDefault(partition, 0L));
        }

        @Override
        public long position(InputPartition partition) {
            return next.getOrDefault(partition, 0L);
        }

        @Override
        public Map<InputPartition, Long> ends(Collection<InputPartition> which) {
            Map<InputPartition, Long> ends = new HashMap<>();
            which.forEach(partition -> ends.put(partition, end(partition)));
            return ends;
        }

        @Override
        public Map<InputPartition, Long> begins(Collection<InputPartition> which) {
            Map<InputPartition, Long> all = new HashMap<>();
            which.forEach(partition -> all.put(partition, begin(partition)));
            return all;
        }

        @Override
        public long firstSince(InputPartition partition, Instant time) {
            return records(partition).stream()
                    .filter(record -> !record.at().isBefore(time))
                    .mapToLong(InputRecord::offset)
                    .findFirst()
                    .orElse(end(partition));
        }

        @Override
        public void close() {
            open--;
        }
    }
}
