package io.callisto.events.aggregate;

import io.callisto.domain.Ticker;
import io.callisto.event.contract.EventType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sources, and has one ready for a takeover: connected, knowing the topics, having read and decoded a little.
 * Whoever takes a source owns it. Thread-safe.
 */
final class EventSources implements AutoCloseable {
    /** What results are made of. */
    static final Set<EventType> INPUTS = Set.copyOf(EnumSet.of(EventType.JOB, EventType.AGENT, EventType.ATTEMPT));

    private static final Logger log = LoggerFactory.getLogger(EventSources.class);
    private static final Duration REHEARSAL = Duration.ofMillis(500);
    private static final Duration KEEP_WARM = Duration.ofMillis(10);
    private static final long REHEARSED = 50;

    private final IntFunction<EventSource> maker;
    private final Supplier<Set<Integer>> organisations;
    private final Ticker ticker;
    private final Map<Integer, EventSource> ready = new ConcurrentHashMap<>();
    private final Set<Integer> rehearsed = ConcurrentHashMap.newKeySet();
    private final RecordDecoder decoder = new RecordDecoder();
    private volatile boolean closed;

    /**
     * @param maker by shard
     * @param organisations those that there are now
     */
    EventSources(IntFunction<EventSource> maker, Supplier<Set<Integer>> organisations, Ticker ticker) {
        this.maker = maker;
        this.organisations = organisations;
        this.ticker = ticker;
    }

    /** The one that is ready, or a new one; the caller closes it. */
    EventSource take(int shard) {
        EventSource waiting = ready.remove(shard);
        return waiting == null ? maker.apply(shard) : waiting;
    }

    /** A new one; the caller closes it. */
    EventSource open(int shard) {
        return maker.apply(shard);
    }

    /**
     * Has one ready for the shard, or looks after it; for one thread.
     *
     * @return whether the log could be read by it just now
     */
    boolean standBy(int shard) {
        boolean good = false;
        EventSource source = null;
        try {
            source = take(shard);
            List<InputPartition> found = source.look(organisations.get(), INPUTS);
            Map<InputPartition, Long> ends = source.ends(found);
            if (rehearsed.add(shard)) {
                rehearse(source, ends);
            }
            // Stays assigned to what it will read, so that its connections and what it knows of the topics stay fresh.
            source.read(at(ends, 0));
            source.poll(KEEP_WARM);
            good = true;
        } catch (SourceFailure | KafkaException e) {
            log.atDebug().setCause(e).addKeyValue("shard", shard).log("no stand-by now");
        } finally {
            keep(shard, good, source);
        }
        return good;
    }

    private void keep(int shard, boolean good, @Nullable EventSource source) {
        if (source == null) {
            return;
        }
        EventSource other = good ? ready.put(shard, source) : source;
        if (other != null) {
            other.close();
        }
        if (closed) {
            drop(shard);
        }
    }

    /** Reads the last records and decodes them: the first time costs a JVM a while. */
    private void rehearse(EventSource source, Map<InputPartition, Long> ends) {
        Map<InputPartition, Long> begins = source.begins(ends.keySet());
        Map<InputPartition, Position> from = new HashMap<>(at(ends, REHEARSED));
        begins.forEach((partition, begin) -> from.merge(
                partition, Position.at(begin), (last, first) -> last.nextOffset() > first.nextOffset() ? last : first));
        source.read(from);
        long until = ticker.nanos() + REHEARSAL.toNanos();
        long decoded = 0;
        while (ticker.nanos() - until < 0) {
            decoded += source.poll(Duration.ofMillis(100)).records().stream()
                    .map(decoder::decode)
                    .filter(event -> event.event() != null)
                    .count();
        }
        log.atDebug().addKeyValue("events", decoded).log("aggregator has rehearsed");
    }

    private static Map<InputPartition, Position> at(Map<InputPartition, Long> ends, long before) {
        Map<InputPartition, Position> positions = new HashMap<>();
        ends.forEach((partition, end) -> positions.put(partition, Position.at(Math.max(0, end - before))));
        return positions;
    }

    /** Nobody waits for the shard now. */
    void drop(int shard) {
        EventSource source = ready.remove(shard);
        if (source != null) {
            source.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        ready.keySet().forEach(this::drop);
    }
}
