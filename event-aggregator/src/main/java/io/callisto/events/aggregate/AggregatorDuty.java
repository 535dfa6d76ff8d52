package io.callisto.events.aggregate;

import io.callisto.domain.Ticker;
import io.callisto.events.aggregate.AggregatorState.Phase;
import io.callisto.events.aggregate.EventSource.Polled;
import io.callisto.events.aggregate.JdbcUpkeepStore.Kept;
import io.callisto.events.aggregate.JdbcUpkeepStore.Quarantined;
import io.callisto.events.aggregate.JdbcUpkeepStore.Swept;
import io.callisto.ha.Lease;
import io.callisto.ha.RoleDuty;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of {@code aggregator/{shard}}: reads the log and has what was read booked. After any failure it is thrown
 * away, and the next one begins where the books stand. Used by the role's thread only.
 */
final class AggregatorDuty implements RoleDuty {
    private static final Logger log = LoggerFactory.getLogger(AggregatorDuty.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration DUE = Duration.ofMillis(200);
    private static final Duration ORDERS = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofSeconds(5);
    private static final Duration SHOW = Duration.ofSeconds(2);

    private final int shard;
    private final JoinLedger ledger;
    private final ShardBooks books;
    private final EventSources sources;
    private final AggregatorSettings settings;
    private final AggregatorMetrics metrics;
    private final LagWatch lags;
    private final Rounds rounds;
    private final Rebuild rebuild;
    private final ReadProgress progress = new ReadProgress();
    private @Nullable LogReading reading;
    private @Nullable AggregatorState state;
    private Map<InputPartition, Long> replayEnds = Map.of();
    private boolean booked;
    private boolean joined;
    private boolean mismatchTold;

    /**
     * @param lags shows how much is not read
     */
    AggregatorDuty(
            int shard,
            JoinLedger ledger,
            ShardBooks books,
            EventSources sources,
            AggregatorSettings settings,
            AggregatorMetrics metrics,
            LagWatch lags,
            Ticker ticker) {
        this.shard = shard;
        this.ledger = ledger;
        this.books = books;
        this.sources = sources;
        this.settings = settings;
        this.metrics = metrics;
        this.lags = lags;
        this.rounds = new Rounds(ticker);
        this.rebuild = new Rebuild(books, sources, shard, ticker);
    }

    @Override
    public void takeOver(Lease lease) {
        open(lease);
        // What is not urgent waits until the log is read again.
        rounds.put(Rounds.Kind.SWEEP, SWEEP);
        rounds.put(Rounds.Kind.SHOW, SHOW);
        rounds.put(Rounds.Kind.ORDERS, ORDERS);
    }

    private void open(Lease lease) {
        ShardBooks.Found found = books.open(lease);
        state = found.state();
        closeReading();
        if (found.state() == null && !mismatchTold) {
            mismatchTold = true;
            log.atWarn()
                    .addKeyValue("shard", shard)
                    .addKeyValue("shards", settings.shards())
                    .log("the cluster has another number of aggregator shards: nothing is joined here until it is set"
                            + " alike on all servers and a rebuild is ordered");
        }
        if (found.state() != null && reads(found.state())) {
            LogReading opened = new LogReading(shard, settings, books, sources.take(shard), metrics);
            reading = opened;
            opened.begin(lease, found.positions());
            progress.assigned(opened.positions());
            rounds.put(Rounds.Kind.TOPICS, settings.topicCheck());
            replayEnds = found.state().phase() == Phase.REPLAYING ? opened.ends() : Map.of();
        }
    }

    private static boolean reads(AggregatorState state) {
        return state.phase() == Phase.REPLAYING || state.phase() == Phase.LIVE;
    }

    @Override
    public int doWork(Lease lease) {
        if (rounds.due(Rounds.Kind.ORDERS, ORDERS) && (books.orderedRebuild(lease) || state == null)) {
            open(lease);
        }
        AggregatorState now = state;
        if (now == null) {
            return 0;
        }
        try {
            return work(lease, now);
        } catch (JoinLedger.LayoutChanged e) {
            open(lease);
            return 0;
        }
    }

    private int work(Lease lease, AggregatorState now) {
        LogReading input = reading;
        if (input == null) {
            AggregatorState after = rebuild.step(lease, now);
            booked = true;
            if (reads(after)) {
                open(lease);
            } else {
                state = after;
            }
            return 1;
        }
        if (rounds.due(Rounds.Kind.TOPICS, settings.topicCheck()) && input.look(lease)) {
            progress.assigned(input.positions());
        }
        int done = read(lease, now, input);
        if (rounds.due(Rounds.Kind.DUE, DUE) && books.anythingDue()) {
            done += count(ledger.due(lease, now, progress::othersRead));
        }
        if (now.phase() == Phase.REPLAYING && input.reached(replayEnds)) {
            live(lease, now);
        }
        upkeep(lease, now, input);
        return done;
    }

    private int read(Lease lease, AggregatorState now, LogReading input) {
        Polled polled = input.poll(POLL);
        progress.read(polled.next(), input::lag);
        input.hold(progress.ahead());
        if (polled.nothing()) {
            return 0;
        }
        JoinLedger.Done done = ledger.book(lease, now, polled, input.positions(), progress::othersRead);
        input.booked(polled);
        booked = true;
        count(done);
        return Math.max(1, done.read());
    }

    private int count(JoinLedger.Done done) {
        joined |= done.results() > 0;
        metrics.committed(done);
        done.quarantined().forEach(record -> metrics.quarantined(record.reason()));
        if (!done.quarantined().isEmpty()) {
            Quarantined first = done.quarantined().get(0);
            log.atWarn()
                    .addKeyValue("records", done.quarantined().size())
                    .addKeyValue("partition", first.from())
                    .addKeyValue("offset", first.offset())
                    .addKeyValue("reason", first.reason())
                    .log("records that cannot be used are put aside; the first one is named");
        }
        return done.results();
    }

    private void live(Lease lease, AggregatorState now) {
        state = books.enter(lease, new AggregatorState(now.generation(), Phase.LIVE, Map.of()));
        replayEnds = Map.of();
        log.atInfo().addKeyValue("shard", shard).log("aggregator has read the log again");
    }

    private void upkeep(Lease lease, AggregatorState now, LogReading reading) {
        if (rounds.due(Rounds.Kind.SWEEP, SWEEP)) {
            Swept swept = books.sweep(lease, now.phase() == Phase.LIVE);
            metrics.unfinished(swept.unfinished());
            if (swept.attempts() == settings.sweepRows()) {
                rounds.put(Rounds.Kind.SWEEP, Duration.ZERO);
            }
            if (reading.foreign()) {
                reading.foreign(books.sweepForeign(lease));
            }
        }
        if (rounds.due(Rounds.Kind.SHOW, SHOW)) {
            metrics.show(books.kept());
            metrics.show(lags.lag(reading));
        }
    }

    @Override
    public String firstWork() {
        return joined ? "result joined" : "log read";
    }

    @Override
    public boolean firstWorkDone(int done) {
        return booked || (reading != null && progress.caughtUp());
    }

    private void closeReading() {
        LogReading open = reading;
        reading = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        metrics.show(Kept.NOTHING);
        metrics.show(AggregatorMetrics.Lag.NONE);
        try {
            closeReading();
        } finally {
            rebuild.close();
        }
    }
}
