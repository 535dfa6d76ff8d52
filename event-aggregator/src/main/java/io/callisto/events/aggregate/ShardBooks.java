package io.callisto.events.aggregate;

import io.callisto.events.aggregate.AggregatorState.Phase;
import io.callisto.events.aggregate.JdbcShardStore.StoredPosition;
import io.callisto.events.aggregate.JdbcUpkeepStore.Kept;
import io.callisto.events.aggregate.JdbcUpkeepStore.Swept;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is done about a shard's state besides joining; each a fenced transaction, or a plain look. Thread-safe. */
final class ShardBooks {
    private static final long FIRST_GENERATION = 1;
    private static final Duration SILENT = Duration.ofDays(30);

    /**
     * How an owner finds the shard.
     *
     * @param state null: the number of shards is another, nothing may be done
     * @param positions how far it is read
     */
    record Found(@Nullable AggregatorState state, List<StoredPosition> positions) {}

    private final JdbcClient reads;
    private final FencedTransaction fenced;
    private final JdbcShardStore shards;
    private final JdbcCardStore cards;
    private final JdbcUpkeepStore upkeep;
    private final AggregatorSettings settings;

    ShardBooks(
            JdbcClient reads,
            FencedTransaction fenced,
            JdbcShardStore shards,
            JdbcCardStore cards,
            JdbcUpkeepStore upkeep,
            AggregatorSettings settings) {
        this.reads = reads;
        this.fenced = fenced;
        this.shards = shards;
        this.cards = cards;
        this.upkeep = upkeep;
        this.settings = settings;
    }

    /** Opens the books; a new generation begins to throw the state away. */
    Found open(Lease lease) {
        return fenced.run(lease, jdbc -> {
            shards.firstLayout(jdbc, settings.shards());
            Layout layout = shards.layout(jdbc);
            Integer count = layout.shards();
            if (count == null || count != settings.shards()) {
                return new Found(null, List.of());
            }
            // On the first day there are no results; a shard that is new later does not know what others have told.
            AggregatorState state =
                    shards.state(jdbc).orElseGet(() -> new AggregatorState(FIRST_GENERATION, Phase.LIVE, Map.of()));
            if (state.generation() < layout.generation()) {
                state = new AggregatorState(layout.generation(), Phase.CLEARING, Map.of());
            }
            shards.save(jdbc, state, lease.epoch());
            return new Found(state, shards.positions(jdbc));
        });
    }

    /** Whether somebody ordered a rebuild of this scope; if so, it is ordered of all shards. */
    boolean orderedRebuild(Lease lease) {
        String scope = lease.scope().value();
        if (!shards.ordered(reads, scope)) {
            return false;
        }
        return fenced.run(lease, jdbc -> {
            boolean wanted = shards.rebuildOrdered(jdbc, scope);
            if (wanted) {
                shards.nextGeneration(jdbc, settings.shards());
            }
            shards.settle(jdbc, scope, shards.layout(jdbc).generation(), lease.epoch());
            return wanted;
        });
    }

    AggregatorState enter(Lease lease, AggregatorState state) {
        return fenced.run(lease, jdbc -> {
            shards.save(jdbc, state, lease.epoch());
            return state;
        });
    }

    /** Begins to read partitions, and forgets others. */
    void begin(Lease lease, Map<InputPartition, Position> begun, Collection<InputPartition> gone) {
        fenced.run(lease, jdbc -> {
            gone.forEach(partition -> shards.forget(jdbc, partition));
            begun.forEach((partition, position) -> shards.begin(jdbc, partition, position, lease.epoch()));
            return begun.size();
        });
    }

    /**
     * Throws a piece of the state away.
     *
     * @return whether nothing is left
     */
    boolean clear(Lease lease) {
        return fenced.run(lease, jdbc -> upkeep.clear(jdbc, settings.sweepRows()));
    }

    /** Notes results that exist. */
    void seed(Lease lease, Collection<Card> seeds) {
        fenced.run(lease, jdbc -> {
            cards.seed(jdbc, seeds, settings.limits().open().toSeconds());
            return seeds.size();
        });
    }

    /** Results that are not in the log yet, after that one. */
    List<JdbcUpkeepStore.WaitingResult> results(long after) {
        return upkeep.results(reads, after, settings.sweepRows());
    }

    /**
     * Forgets a piece of what is over.
     *
     * @param live whether the log is not being read again
     */
    Swept sweep(Lease lease, boolean live) {
        return fenced.run(lease, jdbc -> {
            upkeep.sweepOthers(
                    jdbc, SILENT.toSeconds(), settings.quarantineKeep().toSeconds(), settings.sweepRows());
            return upkeep.sweep(jdbc, live, settings.sweepRows());
        });
    }

    /**
     * Forgets a piece of what belonged to deleted organisations.
     *
     * @return whether there may be more
     */
    boolean sweepForeign(Lease lease) {
        return fenced.run(lease, jdbc -> upkeep.sweepForeign(jdbc, settings.sweepRows()) == settings.sweepRows());
    }

    boolean anythingDue() {
        return cards.anything(reads);
    }

    Kept kept() {
        return upkeep.kept(reads);
    }

    Set<Integer> organisations() {
        return shards.organisations(reads);
    }
}
