package io.callisto.events.aggregate;

import io.callisto.domain.Ticker;
import io.callisto.event.contract.EnrichedAttemptResultEvent;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.EventType;
import io.callisto.events.aggregate.AggregatorState.Phase;
import io.callisto.events.aggregate.EventSource.Polled;
import io.callisto.events.aggregate.JdbcUpkeepStore.WaitingResult;
import io.callisto.ha.Lease;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Throws a shard's state away and learns which results exist, so that reading the log again tells none twice. What
 * waits in the outbox is read first and the log after it: a row leaves the outbox only when the log has it, so none is
 * overlooked. Can be repeated from its beginning at any time. Used by the role's thread only.
 */
final class Rebuild implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Rebuild.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /** Clocks of servers and brokers need not agree to the second. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final ShardBooks books;
    private final EventSources sources;
    private final int shard;
    private final Ticker ticker;
    private final EventJson json = new EventJson();
    private final Map<InputPartition, Instant> oldest = new HashMap<>();
    private final Set<InputPartition> shortened = new HashSet<>();
    private Map<InputPartition, Long> ends = Map.of();
    private @Nullable EventSource source;
    private boolean outboxRead;
    private long after;
    private long seeds;
    private long begunNanos;

    Rebuild(ShardBooks books, EventSources sources, int shard, Ticker ticker) {
        this.books = books;
        this.sources = sources;
        this.shard = shard;
        this.ticker = ticker;
    }

    /**
     * A bounded piece of it.
     *
     * @return the state after it; REPLAYING where it is done
     */
    AggregatorState step(Lease lease, AggregatorState state) {
        if (state.phase() == Phase.CLEARING) {
            return books.clear(lease) ? books.enter(lease, state.at(Phase.SEEDING)) : state;
        }
        if (!outboxRead) {
            readOutbox(lease);
            return state;
        }
        EventSource results = source;
        if (results == null) {
            open();
            return state;
        }
        if (!readLog(lease, results)) {
            return state;
        }
        AggregatorState done = books.enter(lease, new AggregatorState(state.generation(), Phase.REPLAYING, floors()));
        log.atInfo()
                .addKeyValue("shard", shard)
                .addKeyValue("results", seeds)
                .addKeyValue(
                        "millis", Duration.ofNanos(ticker.nanos() - begunNanos).toMillis())
                .log("aggregator knows the results that exist and reads the log again");
        close();
        return done;
    }

    private void readOutbox(Lease lease) {
        if (after == 0) {
            begunNanos = ticker.nanos();
        }
        List<WaitingResult> waiting = books.results(after);
        if (waiting.isEmpty()) {
            outboxRead = true;
            return;
        }
        after = waiting.get(waiting.size() - 1).id();
        seed(lease, waiting.stream().map(row -> row.payload()).toList());
    }

    private void open() {
        EventSource opened = sources.open(shard);
        source = opened;
        List<InputPartition> found = opened.look(books.organisations(), Set.of(EventType.ENRICHEDATTEMPTRESULT));
        // The end counts what is not committed yet; reading up to it waits until that is decided.
        ends = opened.ends(found);
        Map<InputPartition, Long> begins = opened.begins(found);
        Map<InputPartition, Position> from = new HashMap<>();
        begins.forEach((partition, begin) -> {
            from.put(partition, Position.at(begin));
            if (begin > 0) {
                shortened.add(partition);
            }
        });
        opened.read(from);
    }

    private boolean readLog(Lease lease, EventSource results) {
        Polled polled = results.poll(POLL);
        List<String> values = new ArrayList<>();
        polled.records().forEach(record -> {
            oldest.putIfAbsent(record.from(), record.at());
            ByteBuffer value = record.value();
            if (value != null) {
                values.add(StandardCharsets.UTF_8.decode(value.duplicate()).toString());
            }
        });
        seed(lease, values);
        return ends.entrySet().stream().allMatch(end -> results.position(end.getKey()) >= end.getValue());
    }

    private void seed(Lease lease, List<String> payloads) {
        Map<UUID, Card> newest = payloads.stream()
                .map(this::card)
                .flatMap(Optional::stream)
                .collect(Collectors.toMap(
                        Card::attemptId,
                        card -> card,
                        (one, other) -> one.issuedSeq() >= other.issuedSeq() ? one : other));
        if (!newest.isEmpty()) {
            books.seed(lease, newest.values());
            seeds += newest.size();
        }
    }

    /** Empty for what is no result: no attempt of ours is told by it. */
    private Optional<Card> card(String payload) {
        try {
            EnrichedAttemptResultEvent result = json.read(EnrichedAttemptResultEvent.class, payload);
            return result == null || result.seq() < 1
                    ? Optional.empty()
                    : Optional.of(Card.of(result.attemptId(), result.organisationId())
                            .issued(result.seq(), Issued.of(result)));
        } catch (JacksonException e) {
            log.atWarn().setCause(e).addKeyValue("shard", shard).log("a record that is no result is passed over");
            return Optional.empty();
        }
    }

    /** Per organisation that retention has deleted results of: up to when. */
    private Map<Integer, Instant> floors() {
        Map<Integer, Instant> floors = new HashMap<>();
        for (InputPartition partition : shortened) {
            Instant first = oldest.get(partition);
            if (first != null) {
                floors.merge(
                        partition.organisationId(), first.plus(MARGIN), (one, two) -> one.isAfter(two) ? one : two);
            }
        }
        return floors;
    }

    @Override
    public void close() {
        EventSource open = source;
        source = null;
        outboxRead = false;
        after = 0;
        seeds = 0;
        oldest.clear();
        shortened.clear();
        ends = Map.of();
        if (open != null) {
            open.close();
        }
    }
}
