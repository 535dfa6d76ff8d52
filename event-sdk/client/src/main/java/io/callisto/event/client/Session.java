package io.callisto.event.client;

import io.callisto.event.client.source.EventSource;
import io.callisto.event.client.source.SourceFailure;
import io.callisto.event.client.source.SourcePartition;
import io.callisto.event.client.source.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client's time at one site, over one source. Used by the client's thread. */
final class Session implements EventSource.Rebalance {
    private static final Logger log = LoggerFactory.getLogger(Session.class);

    private final ClientSettings settings;
    private final String site;
    private final EventSource source;
    private final Memory memory;
    private final Positions positions;
    private final DeliveryRunner delivery;
    private final ClientCounts counts;
    private final Set<SourcePartition> assigned = new HashSet<>();
    private final Set<SourcePartition> fresh = new HashSet<>();
    private boolean begun;
    private long lastCommit;

    /**
     * What outlives a session at the site.
     *
     * @param plan where partitions begin that this client has not read there since it came to the site
     * @param started those that it has
     * @param kept without a group: their positions
     */
    record Memory(StartPlan plan, Set<SourcePartition> started, Map<SourcePartition, Long> kept) {
        static Memory of(StartPlan plan) {
            return new Memory(plan, new HashSet<>(), new HashMap<>());
        }
    }

    Session(
            ClientSettings settings,
            String site,
            EventSource source,
            Memory memory,
            Positions positions,
            DeliveryRunner delivery,
            ClientCounts counts) {
        this.settings = settings;
        this.site = site;
        this.source = source;
        this.memory = memory;
        this.positions = positions;
        this.delivery = delivery;
        this.counts = counts;
        this.lastCommit = settings.ticker().getAsLong();
    }

    String site() {
        return site;
    }

    DeliveryRunner delivery() {
        return delivery;
    }

    EventSource source() {
        return source;
    }

    Memory memory() {
        return memory;
    }

    /** Whether it is known what to read from where. */
    boolean begun() {
        return begun;
    }

    int partitions() {
        return assigned.size();
    }

    void open() {
        source.subscribe(settings.routes().keySet(), this);
    }

    /**
     * Reads on.
     *
     * @param hold not to read, only to stay in the group
     */
    void read(Duration limit, boolean hold) {
        if (hold) {
            source.pause(assigned);
        } else {
            Set<SourcePartition> ready = new HashSet<>(assigned);
            ready.removeAll(fresh);
            source.resume(ready);
        }
        List<SourceRecord> records = source.poll(limit);
        delivery.add(records);
        if (!fresh.isEmpty()) {
            begin(Set.copyOf(fresh));
            fresh.clear();
            begun = true;
        }
    }

    private void begin(Set<SourcePartition> partitions) {
        Set<SourcePartition> known = new HashSet<>(partitions);
        known.retainAll(memory.started());
        Set<SourcePartition> others = new HashSet<>(partitions);
        others.removeAll(known);
        Map<SourcePartition, Long> from = new HashMap<>(memory.plan().offsets(this, others));
        from.putAll(memory.plan().goOn(this, known));
        from.forEach(this::jump);
        memory.started().addAll(partitions);
    }

    private void jump(SourcePartition partition, long offset) {
        source.seek(partition, offset);
        positions.begin(partition, offset);
    }

    /** Positions of the group, or what was remembered where there is no group. */
    Map<SourcePartition, Long> committed(Set<SourcePartition> partitions) {
        if (settings.group() != null) {
            return source.committed(partitions);
        }
        Map<SourcePartition, Long> found = new HashMap<>(memory.kept());
        found.keySet().retainAll(partitions);
        return found;
    }

    Instant now() {
        return settings.clock().instant();
    }

    /** Reads all partitions from there, whatever was read before. */
    void seek(StartAt at) {
        settings.handling().duplicates().clear();
        Set<SourcePartition> all = Set.copyOf(assigned);
        delivery.forget(all);
        StartPlan.resolve(this, all, at).forEach(this::jump);
        commit();
    }

    /** Keeps what was dealt with, unless it was done just now. */
    void commitIfDue(Duration apart) {
        if (settings.ticker().getAsLong() - lastCommit >= apart.toNanos()) {
            commit();
        }
    }

    void commit() {
        delivery.settle();
        Set<SourcePartition> busy = new HashSet<>(delivery.waiting());
        for (SourcePartition partition : assigned) {
            if (!fresh.contains(partition) && !busy.contains(partition)) {
                positions.caughtUp(partition, source.position(partition));
            }
        }
        commit(positions.unkept());
    }

    private void commit(Map<SourcePartition, Long> unkept) {
        lastCommit = settings.ticker().getAsLong();
        if (unkept.isEmpty()) {
            return;
        }
        if (settings.group() == null) {
            memory.kept().putAll(unkept);
            positions.kept(unkept);
            return;
        }
        try {
            source.commit(unkept);
            positions.kept(unkept);
            counts.commits.incrementAndGet();
        } catch (SourceFailure e) {
            counts.commitFailures.incrementAndGet();
            if (e.kind().lasting()) {
                throw e;
            }
            log.atInfo()
                    .addKeyValue("site", site)
                    .addKeyValue("reason", e.getMessage())
                    .log("positions could not be kept now; they are kept later");
        }
    }

    Map<String, Long> lag() {
        Map<String, Long> lag = new TreeMap<>();
        for (SourcePartition partition : assigned) {
            source.lag(partition).ifPresent(records -> lag.merge(partition.topic(), records, Long::sum));
        }
        return lag;
    }

    @Override
    public void assigned(Set<SourcePartition> partitions) {
        assigned.addAll(partitions);
        fresh.addAll(partitions);
    }

    @Override
    public void revoked(Set<SourcePartition> partitions) {
        delivery.settle();
        Map<SourcePartition, Long> unkept = new HashMap<>(positions.unkept());
        unkept.keySet().retainAll(partitions);
        try {
            commit(unkept);
        } catch (SourceFailure e) {
            log.atWarn().addKeyValue("reason", e.getMessage()).log("positions of revoked partitions could not be kept");
        }
        lost(partitions);
    }

    @Override
    public void lost(Set<SourcePartition> partitions) {
        delivery.forget(partitions);
        assigned.removeAll(partitions);
        fresh.removeAll(partitions);
    }
}
