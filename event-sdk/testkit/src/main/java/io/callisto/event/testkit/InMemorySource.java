package io.callisto.event.testkit;

import io.callisto.event.client.source.EventSource;
import io.callisto.event.client.source.SourceFailure;
import io.callisto.event.client.source.SourcePartition;
import io.callisto.event.client.source.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A reader of the log; used by one thread, as Kafka's consumer is. */
final class InMemorySource implements EventSource {
    private static final int MOST = 500;

    private final InMemoryLog log;
    private final @Nullable String group;
    private final Map<SourcePartition, Long> positions = new HashMap<>();
    private final Set<SourcePartition> paused = new HashSet<>();
    private final AtomicBoolean called = new AtomicBoolean();
    private Set<String> topics = Set.of();
    private @Nullable Rebalance rebalance;
    private int generation = -1;
    private boolean joined;
    private boolean justAssigned;

    InMemorySource(InMemoryLog log, @Nullable String group) {
        this.log = log;
        this.group = group;
    }

    @Override
    public void subscribe(Set<String> wanted, Rebalance listener) {
        topics = Set.copyOf(wanted);
        rebalance = listener;
        if (group == null) {
            log.requireReachable();
            takeNewPartitions();
        }
    }

    @Override
    public void takeNewPartitions() {
        if (group == null) {
            take(log.partitionsOf(topics));
        }
    }

    private void take(Set<SourcePartition> share) {
        Rebalance listener = rebalance;
        if (listener == null) {
            return;
        }
        Set<SourcePartition> gone = new HashSet<>(positions.keySet());
        gone.removeAll(share);
        if (!gone.isEmpty()) {
            listener.revoked(gone);
            positions.keySet().removeAll(gone);
            paused.removeAll(gone);
        }
        Set<SourcePartition> fresh = new HashSet<>(share);
        fresh.removeAll(positions.keySet());
        if (!fresh.isEmpty()) {
            fresh.forEach(partition -> positions.put(partition, 0L));
            paused.addAll(fresh);
            justAssigned = true;
            listener.assigned(fresh);
        }
    }

    @Override
    public List<SourceRecord> poll(Duration limit) {
        topics.stream().filter(log::forbidden).findFirst().ifPresent(topic -> {
            throw new SourceFailure(SourceFailure.Kind.NOT_AUTHORISED, "this client may not read " + topic, null);
        });
        if (group != null && !log.has(InMemoryLog.Fault.LOST)) {
            if (!joined) {
                log.join(group, this, topics);
                joined = true;
            }
            int now = log.generation(group);
            if (now != generation) {
                generation = now;
                take(log.share(group, this, topics));
            }
        }
        boolean now = justAssigned; // then there is something to do before reading on
        justAssigned = false;
        return read(now ? Duration.ZERO : limit);
    }

    private List<SourceRecord> read(Duration limit) {
        Map<SourcePartition, Long> open = new HashMap<>(positions);
        open.keySet().removeAll(paused);
        List<SourceRecord> found = log.await(open, MOST, limit, () -> called.getAndSet(false) || regrouped());
        found.forEach(taken -> positions.put(taken.partition(), taken.offset() + 1));
        return found;
    }

    private boolean regrouped() {
        return joined && group != null && log.generation(group) != generation;
    }

    @Override
    public Map<SourcePartition, Long> committed(Set<SourcePartition> partitions) {
        log.requireReachable();
        Map<SourcePartition, Long> found = new HashMap<>(group == null ? Map.of() : log.committed(group));
        found.keySet().retainAll(partitions);
        return found;
    }

    @Override
    public Map<SourcePartition, Long> firstOffsets(Set<SourcePartition> partitions) {
        log.requireReachable();
        Map<SourcePartition, Long> found = new HashMap<>();
        partitions.forEach(partition -> found.put(partition, 0L));
        return found;
    }

    @Override
    public Map<SourcePartition, Long> endOffsets(Set<SourcePartition> partitions) {
        log.requireReachable();
        Map<SourcePartition, Long> found = new HashMap<>();
        partitions.forEach(partition -> found.put(partition, log.end(partition)));
        return found;
    }

    @Override
    public Map<SourcePartition, Long> offsetsAt(Map<SourcePartition, Instant> times) {
        log.requireReachable();
        Map<SourcePartition, Long> found = new HashMap<>();
        times.forEach((partition, time) -> found.put(partition, log.offsetAt(partition, time)));
        return found;
    }

    @Override
    public void seek(SourcePartition partition, long offset) {
        positions.put(partition, offset);
    }

    @Override
    public long position(SourcePartition partition) {
        return positions.getOrDefault(partition, 0L);
    }

    @Override
    public OptionalLong lag(SourcePartition partition) {
        return OptionalLong.of(log.end(partition) - position(partition));
    }

    @Override
    public void commit(Map<SourcePartition, Long> offsets) {
        if (group != null) {
            log.commit(group, offsets);
        }
    }

    @Override
    public void pause(Collection<SourcePartition> partitions) {
        paused.addAll(partitions);
    }

    @Override
    public void resume(Collection<SourcePartition> partitions) {
        paused.removeAll(partitions);
    }

    @Override
    public void wakeUp() {
        called.set(true);
        log.signal();
    }

    @Override
    public void close(Duration limit) {
        Rebalance listener = rebalance;
        if (listener != null && !positions.isEmpty()) {
            listener.revoked(Set.copyOf(positions.keySet()));
            positions.clear();
        }
        if (group != null && joined) {
            log.leave(group, this);
        }
    }
}
