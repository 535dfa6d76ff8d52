package io.callisto.events.aggregate;

import io.callisto.event.contract.AgentEvent;
import io.callisto.event.contract.AttemptEvent;
import io.callisto.event.contract.EnrichedAttemptResultEvent;
import io.callisto.event.contract.EventJson;
import io.callisto.events.aggregate.AggregatorState.Phase;
import io.callisto.events.aggregate.EventSource.Polled;
import io.callisto.events.aggregate.JdbcUpkeepStore.Quarantined;
import io.callisto.events.aggregate.RecordDecoder.Decoded;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import io.callisto.outbox.OutboxEvent;
import io.callisto.outbox.OutboxWriter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Carries out what was read: positions, what is kept and results change in one fenced transaction, or not at all. Keeps
 * nothing itself. Thread-safe.
 */
final class JoinLedger {
    private static final int VALUE_BYTES = 16 * 1024;

    /** The shard's own generation is not the cluster's any more, or the number of shards is another: look anew. */
    static final class LayoutChanged extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LayoutChanged() {
            super("the aggregator's layout has changed");
        }
    }

    /** What a transaction has done. */
    record Done(int read, int repeated, int joined, int replaced, List<Quarantined> quarantined) {
        int results() {
            return joined + replaced;
        }

        private Done with(int records, List<Quarantined> refused) {
            return new Done(records, repeated, joined, replaced, refused);
        }
    }

    /** One transaction. */
    private record Round(long epoch, AggregatorState state, Instant now, OthersRead others) {}

    /** How far the other topics are read, as the owner knows. */
    @FunctionalInterface
    interface OthersRead {
        boolean test(int organisationId, Instant publishedAt);
    }

    private final FencedTransaction fenced;
    private final JdbcShardStore shards;
    private final JdbcCardStore cards;
    private final JdbcUpkeepStore upkeep;
    private final OutboxWriter outbox;
    private final RecordDecoder decoder = new RecordDecoder();
    private final EventJson json = new EventJson();
    private final AggregatorSettings settings;

    JoinLedger(
            FencedTransaction fenced,
            JdbcShardStore shards,
            JdbcCardStore cards,
            JdbcUpkeepStore upkeep,
            OutboxWriter outbox,
            AggregatorSettings settings) {
        this.fenced = fenced;
        this.shards = shards;
        this.cards = cards;
        this.upkeep = upkeep;
        this.outbox = outbox;
        this.settings = settings;
    }

    /**
     * Takes what was read into the books.
     *
     * @param expected where the books stand
     */
    Done book(
            Lease lease,
            AggregatorState state,
            Polled polled,
            Map<InputPartition, Position> expected,
            OthersRead others) {
        List<Heard> heard = new ArrayList<>();
        List<Quarantined> refused = new ArrayList<>();
        for (InputRecord record : polled.records()) {
            Decoded decoded = decoder.decode(record);
            if (decoded.event() != null) {
                heard.add(new Heard(decoded.event(), record.at()));
            } else {
                refused.add(new Quarantined(
                        record.from(),
                        record.offset(),
                        Objects.requireNonNull(decoded.refusal()).name(),
                        head(record.value())));
            }
        }
        // What belongs to an attempt first: a job's name and an agent's part are in the log before the call's end.
        heard.sort(Comparator.comparingInt(Heard::rank));
        return fenced.run(lease, jdbc -> {
            Round round = new Round(lease.epoch(), state, layout(jdbc, state).now(), others);
            shards.advance(jdbc, polled.next(), expected, lease.epoch());
            upkeep.quarantine(jdbc, refused, lease.epoch());
            JoinBatch batch = load(jdbc, heard);
            heard.forEach(one -> batch.hear(one.event(), one.publishedAt()));
            return settle(jdbc, round, batch).with(polled.records().size(), refused);
        });
    }

    /** Looks at what waits and is due, and at what had no name and has one now; a bounded number. */
    Done due(Lease lease, AggregatorState state, OthersRead others) {
        return fenced.run(lease, jdbc -> {
            Round round = new Round(lease.epoch(), state, layout(jdbc, state).now(), others);
            Map<UUID, Card> found = new HashMap<>(cards.due(jdbc, round.now(), settings.dueRows()));
            found.putAll(cards.named(jdbc, settings.dueRows()));
            JoinBatch batch = new JoinBatch(found, Map.of(), cards.names(jdbc, jobs(found)));
            batch.touch(found.keySet());
            return settle(jdbc, round, batch);
        });
    }

    /** The layout as this transaction sees it; nobody changes it before it is over. */
    Layout layout(JdbcClient jdbc, AggregatorState state) {
        Layout layout = shards.layout(jdbc);
        Integer count = layout.shards();
        if (count == null || count != settings.shards() || layout.generation() != state.generation()) {
            throw new LayoutChanged();
        }
        return layout;
    }

    private JoinBatch load(JdbcClient jdbc, List<Heard> heard) {
        Set<AgentKey> agents = new HashSet<>();
        Set<UUID> attempts = new HashSet<>();
        for (Heard one : heard) {
            if (one.event() instanceof AgentEvent agent) {
                agents.add(AgentKey.of(agent));
                UUID named = agent.attemptId();
                if (named != null) {
                    attempts.add(named);
                }
            } else if (one.event() instanceof AttemptEvent attempt) {
                attempts.add(attempt.attemptId());
            }
        }
        Map<AgentKey, AgentDesk> desks = cards.desks(jdbc, agents);
        desks.values().forEach(desk -> {
            UUID had = desk.attemptId();
            if (had != null) {
                attempts.add(had);
            }
        });
        Map<UUID, Card> known = cards.load(jdbc, attempts);
        Set<Long> jobs = jobs(known);
        heard.forEach(one -> {
            if (one.event() instanceof AttemptEvent attempt && attempt.phase().equals("COMPLETED")) {
                jobs.add(attempt.jobId());
            }
        });
        return new JoinBatch(known, desks, cards.names(jdbc, jobs));
    }

    private static Set<Long> jobs(Map<UUID, Card> found) {
        Set<Long> jobs = new HashSet<>();
        found.values().forEach(card -> {
            Long job = card.jobId();
            if (job != null && card.dossier().isCompleted()) {
                jobs.add(job);
            }
        });
        return jobs;
    }

    private Done settle(JdbcClient jdbc, Round round, JoinBatch batch) {
        batch.decide(
                (card, name) -> new ResultDecision.Situation(
                        name,
                        round.now(),
                        othersRead(card, round.others()),
                        forgotten(card, round.state()),
                        round.epoch()),
                settings.limits());
        cards.saveNames(jdbc, batch.jobs());
        cards.saveDesks(jdbc, batch.changedDesks());
        cards.save(jdbc, batch.changedCards());
        // In the order of time, which is also how retention deletes them: what is older than the oldest was told, too.
        List<OutboxEvent> results = batch.results().stream()
                .sorted(Comparator.comparing(EnrichedAttemptResultEvent::at)
                        .thenComparingInt(EnrichedAttemptResultEvent::seq))
                .map(result -> OutboxEvent.of(result, json))
                .toList();
        outbox.write(jdbc, results);
        int first = (int)
                results.stream().filter(result -> result.aggregateSeq() == 1).count();
        return new Done(0, batch.repeats(), first, results.size() - first, List.of());
    }

    private static boolean othersRead(Card card, OthersRead others) {
        Instant toldAt = card.dossier().toldAt();
        return toldAt == null || others.test(card.organisationId(), toldAt);
    }

    /** Only while the log is read again: an attempt of that age may have had a result that retention has deleted. */
    private static boolean forgotten(Card card, AggregatorState state) {
        Instant completedAt = card.dossier().completedAt();
        Instant floor = state.phase() == Phase.LIVE ? null : state.floors().get(card.organisationId());
        return completedAt != null && floor != null && completedAt.isBefore(floor);
    }

    /** The first of its bytes, hexadecimal: they need not be text. */
    private static @Nullable String head(@Nullable ByteBuffer value) {
        if (value == null) {
            return null;
        }
        byte[] bytes = new byte[Math.min(value.remaining(), VALUE_BYTES)];
        value.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
