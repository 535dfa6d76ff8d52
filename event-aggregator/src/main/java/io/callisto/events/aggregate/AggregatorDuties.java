package io.callisto.events.aggregate;

import io.callisto.domain.Ticker;
import io.callisto.ha.FencedTransaction;
import io.callisto.outbox.OutboxWriter;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts the duty of a shard together. Thread-safe. */
final class AggregatorDuties {
    private final DataSource dataSource;
    private final FencedTransaction fenced;
    private final OutboxWriter outbox;
    private final EventSources sources;
    private final AggregatorSettings settings;
    private final LagWatch lags;
    private final Ticker ticker;

    AggregatorDuties(
            DataSource dataSource,
            FencedTransaction fenced,
            OutboxWriter outbox,
            EventSources sources,
            AggregatorSettings settings,
            LagWatch lags,
            Ticker ticker) {
        this.dataSource = dataSource;
        this.fenced = fenced;
        this.outbox = outbox;
        this.sources = sources;
        this.settings = settings;
        this.lags = lags;
        this.ticker = ticker;
    }

    /** A new duty for one ownership of the shard. */
    AggregatorDuty duty(int shard, AggregatorMetrics metrics) {
        JdbcShardStore shards = new JdbcShardStore(shard);
        JdbcCardStore cards = new JdbcCardStore(shard);
        JdbcUpkeepStore upkeep = new JdbcUpkeepStore(shard);
        return new AggregatorDuty(
                shard,
                new JoinLedger(fenced, shards, cards, upkeep, outbox, settings),
                new ShardBooks(JdbcClient.create(dataSource), fenced, shards, cards, upkeep, settings),
                sources,
                settings,
                metrics,
                lags,
                ticker);
    }
}
