package io.callisto.events.aggregate;

import io.callisto.events.aggregate.EventSource.GapReason;
import io.callisto.events.aggregate.EventSource.Polled;
import io.callisto.events.aggregate.JdbcShardStore.StoredPosition;
import io.callisto.ha.Lease;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The source as the owner of a shard reads it: which partitions, and where the books stand with each. Used by the
 * role's thread only.
 */
final class LogReading implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LogReading.class);

    /** Two copies of an event, under two names, need not have been published in the same millisecond. */
    private static final Duration RENAMED_MARGIN = Duration.ofSeconds(10);

    private final int shard;
    private final AggregatorSettings settings;
    private final ShardBooks books;
    private final EventSource source;
    private final AggregatorMetrics metrics;
    private final Map<InputPartition, Position> booked = new HashMap<>();
    private final Map<InputPartition, Position> reading = new HashMap<>();
    private Set<Integer> organisations = Set.of();
    private boolean foreign = true;

    /**
     * @param source to be closed with this
     */
    LogReading(
            int shard, AggregatorSettings settings, ShardBooks books, EventSource source, AggregatorMetrics metrics) {
        this.shard = shard;
        this.settings = settings;
        this.books = books;
        this.source = source;
        this.metrics = metrics;
    }

    /** Reads on where the books stand. What a stand-by knew of the topics is good enough to begin with. */
    void begin(Lease lease, List<StoredPosition> positions) {
        positions.forEach(row -> booked.put(row.partition(), row.position()));
        organisations = books.organisations();
        List<InputPartition> known = source.lastLook();
        plan(lease, known.isEmpty() ? source.look(organisations, EventSources.INPUTS) : known);
    }

    /**
     * Looks for new topics.
     *
     * @return whether other partitions are read now
     */
    boolean look(Lease lease) {
        Set<Integer> now = books.organisations();
        foreign |= !now.containsAll(organisations);
        organisations = now;
        try {
            return plan(lease, source.look(now, EventSources.INPUTS));
        } catch (SourceFailure | KafkaException e) {
            log.atWarn()
                    .addKeyValue("shard", shard)
                    .addKeyValue("reason", e.getMessage())
                    .log("topics cannot be looked for now; what is known is read");
            return false;
        }
    }

    private boolean plan(Lease lease, List<InputPartition> there) {
        ReadPlan plan = ReadPlan.of(shard, settings.shards(), there, booked, organisations);
        Map<InputPartition, Position> begun = new HashMap<>();
        Map<InputPartition, Long> begins = plan.begins().isEmpty() ? Map.of() : source.begins(plan.begins());
        for (InputPartition partition : plan.begins()) {
            begun.put(partition, first(plan, partition, begins.getOrDefault(partition, 0L)));
        }
        if (!begun.isEmpty() || !plan.gone().isEmpty()) {
            books.begin(lease, begun, plan.gone());
            plan.gone().forEach(booked::remove);
            begun.keySet()
                    .forEach(partition -> booked.keySet()
                            .removeIf(known -> known.topic().equals(partition.topic())
                                    && known.partition() == partition.partition()));
            booked.putAll(begun);
        }
        Map<InputPartition, Position> wanted = new HashMap<>(plan.goesOn());
        wanted.putAll(begun);
        if (wanted.keySet().equals(reading.keySet())) {
            return false;
        }
        source.read(wanted);
        reading.clear();
        reading.putAll(wanted);
        log.atInfo()
                .addKeyValue("shard", shard)
                .addKeyValue("partitions", wanted.size())
                .addKeyValue("begun", begun.size())
                .log("aggregator reads");
        return true;
    }

    private Position first(ReadPlan plan, InputPartition partition, long begin) {
        if (plan.anew().contains(partition)) {
            metrics.anew();
            log.atWarn().addKeyValue("partition", partition).log("topic was made anew: it is read from its beginning");
        }
        InputPartition before = plan.renamed().get(partition);
        Position last = before == null ? null : booked.get(before);
        if (last == null || last.recordTime() == null) {
            return Position.at(begin);
        }
        long from = source.firstSince(partition, last.recordTime().minus(RENAMED_MARGIN));
        log.atInfo()
                .addKeyValue("partition", partition)
                .addKeyValue("before", before)
                .addKeyValue("offset", from)
                .log("topic goes on under another name");
        return new Position(Math.max(begin, from), null, last.recordTime());
    }

    Polled poll(Duration atMost) {
        Polled polled = source.poll(atMost);
        polled.gaps().forEach(gap -> {
            metrics.gap(gap.reason(), gap.missed());
            log.atWarn()
                    .addKeyValue("partition", gap.partition())
                    .addKeyValue("reason", gap.reason())
                    .addKeyValue("missed", gap.missed())
                    .log(
                            gap.reason() == GapReason.DELETED
                                    ? "retention has deleted events before they were joined"
                                    : "the log was cut off behind what is joined");
        });
        return polled;
    }

    /** What was polled is in the books. */
    void booked(Polled polled) {
        polled.next().forEach((partition, position) -> {
            Position before = booked.get(partition);
            Position after = position.recordTime() == null && before != null
                    ? new Position(position.nextOffset(), position.leaderEpoch(), before.recordTime())
                    : position;
            booked.put(partition, after);
            reading.put(partition, after);
        });
    }

    /** Where the books stand with what is read. */
    Map<InputPartition, Position> positions() {
        return reading;
    }

    Map<InputPartition, Long> ends() {
        return source.ends(reading.keySet());
    }

    /** Whether everything before these ends is read. */
    boolean reached(Map<InputPartition, Long> ends) {
        return ends.entrySet().stream()
                .filter(end -> reading.containsKey(end.getKey()))
                .allMatch(end -> source.position(end.getKey()) >= end.getValue());
    }

    OptionalLong lag(InputPartition partition) {
        return source.lag(partition);
    }

    void hold(Set<InputPartition> held) {
        source.hold(new HashSet<>(held));
    }

    /** Whether something may be kept of an organisation that has gone. */
    boolean foreign() {
        return foreign;
    }

    void foreign(boolean more) {
        foreign = more;
    }

    @Override
    public void close() {
        source.close();
    }
}
