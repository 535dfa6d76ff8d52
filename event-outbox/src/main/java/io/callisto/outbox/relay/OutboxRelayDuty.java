package io.callisto.outbox.relay;

import io.callisto.domain.Ticker;
import io.callisto.event.contract.EventType;
import io.callisto.ha.Lease;
import io.callisto.ha.RoleDuty;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relay of one outbox shard; the protocol is in the package's description. One piece of work is at most one SQL
 * transaction and one transaction of the log, so that each begins with a fresh lease. Used by the role's thread only.
 *
 * <p>A failure of the log is not an end: the rows stay where they are, and a new session is tried until it works.
 * Errors of the database go to the caller, who starts a new duty. A batch that was not full counts as "nothing left":
 * the caller waits to be woken, so that small changes gather into one transaction.
 */
public final class OutboxRelayDuty implements RoleDuty {
    private static final Logger log = LoggerFactory.getLogger(OutboxRelayDuty.class);
    private static final long REPEAT_WARNING_NANOS = Duration.ofSeconds(10).toNanos();
    private static final Set<EventType> STATISTICS = EnumSet.of(EventType.JOBSTATISTICS, EventType.AGENTSTATISTICS);

    private final int shard;
    private final RelayStore store;
    private final EventLog eventLog;
    private final RelaySettings settings;
    private final RelayMetrics metrics;
    private final Ticker ticker;

    private EventLog.@Nullable Session session;

    /** Published, and not yet known to be deleted: no batch is sent before they are. */
    private RowIds published = RowIds.NONE;

    private final PoisonSearch search;
    private int limit;
    private final Set<EventStream> held = new HashSet<>();
    private long heldCheckAt;

    /** Whether the last batch was as large as it could be, so that there is more. */
    private boolean full;

    private boolean statisticsRead;
    private long statisticsAt;
    private long retryAt;
    private long failingSince;
    private long warnedAt;
    private boolean failing;
    private boolean batchPublished;
    private boolean outboxRead;

    /**
     * @param store of the same shard
     * @param ticker the clock of leases
     */
    public OutboxRelayDuty(
            int shard,
            RelayStore store,
            EventLog eventLog,
            RelaySettings settings,
            RelayMetrics metrics,
            Ticker ticker) {
        this.shard = shard;
        this.store = store;
        this.eventLog = eventLog;
        this.settings = settings;
        this.metrics = metrics;
        this.ticker = ticker;
        this.search = new PoisonSearch(settings.batchRows());
        this.limit = settings.batchRows();
    }

    @Override
    public void takeOver(Lease lease) {
        leaveSession();
        try {
            open(lease);
        } catch (EventLogFailure e) {
            stepBack(e);
        }
    }

    @Override
    public int doWork(Lease lease) {
        try {
            if (session == null) {
                return reopen(lease);
            }
            if (session.outdated()) {
                return renew(lease);
            }
            return publishNext(lease, session);
        } catch (EventLogFailure e) {
            stepBack(e);
            return 0;
        }
    }

    @Override
    public String firstWork() {
        return batchPublished || !outboxRead ? "first batch published" : "outbox read";
    }

    @Override
    public boolean firstWorkDone(int done) {
        return batchPublished || outboxRead;
    }

    private int reopen(Lease lease) {
        if (failing && ticker.nanos() - retryAt < 0) {
            return 0;
        }
        // A zombie must not end its successor's session by opening one of its own.
        store.requireOwner(lease);
        open(lease);
        return 1;
    }

    /** Nothing is carried over: what the old session published is settled by the position, as in a takeover. */
    private int renew(Lease lease) {
        log.atInfo().addKeyValue("shard", shard).log("the log's settings have changed: a new session is opened");
        leaveSession();
        return reopen(lease);
    }

    private void open(Lease lease) {
        long started = ticker.nanos();
        EventLog.Session opened = eventLog.open(shard);
        session = opened;
        long asked = ticker.nanos();
        published = opened.position();
        metrics.opened();
        log.atInfo()
                .addKeyValue("shard", shard)
                .addKeyValue("epoch", lease.epoch())
                .addKeyValue("lastBatch", published.size())
                .addKeyValue("openMillis", Duration.ofNanos(asked - started).toMillis())
                .addKeyValue(
                        "positionMillis",
                        Duration.ofNanos(ticker.nanos() - asked).toMillis())
                .log("outbox relay ready");
        if (failing) {
            failing = false;
            log.atInfo()
                    .addKeyValue("shard", shard)
                    .addKeyValue(
                            "seconds",
                            Duration.ofNanos(ticker.nanos() - failingSince).toSeconds())
                    .log("events are published again");
        }
    }

    private int publishNext(Lease lease, EventLog.Session current) {
        releaseHeld(current);
        int asked = limit;
        List<OutboxRow> rows = store.exchange(lease, published, new Selection(limit, held, later()));
        long read = ticker.nanos();
        full = rows.size() == asked;
        published = RowIds.NONE;
        if (rows.isEmpty()) {
            outboxRead = true;
            return 0;
        }
        BatchPlan plan = plan(lease, current, rows);
        if (!plan.poison().isEmpty()) {
            quarantine(lease, plan.poison());
        }
        if (!plan.held().isEmpty()) {
            hold(plan.held());
        }
        if (!plan.send().isEmpty()) {
            send(lease, current, plan, waits(rows, read));
        }
        if (full) {
            return rows.size();
        }
        return deleteNow(lease) ? 0 : rows.size();
    }

    /**
     * Which types wait for others of theirs. While a backlog drains none does: batches are full anyway, and looking for
     * others behind many that wait would cost more each time. Nor while poison is searched for, in the order of rows.
     */
    private Set<EventType> later() {
        long now = ticker.nanos();
        boolean searching = limit < settings.batchRows();
        if (!full
                && !searching
                && statisticsRead
                && now - statisticsAt < settings.statisticsGather().toNanos()) {
            return STATISTICS;
        }
        statisticsRead = true;
        statisticsAt = now;
        return Set.of();
    }

    private BatchPlan plan(Lease lease, EventLog.Session current, List<OutboxRow> rows) {
        Map<EventStream, List<String>> topics = BatchPlan.topics(rows, settings.names());
        Set<String> missingTopics =
                current.missing(topics.values().stream().flatMap(List::stream).collect(Collectors.toSet()));
        Set<EventStream> missing = topics.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(missingTopics::contains))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Set<Integer> organisations =
                missing.isEmpty() ? Set.of() : store.existing(lease, BatchPlan.organisations(missing));
        return BatchPlan.of(rows, topics, missing, organisations);
    }

    /** For each row: how long it had waited before now, in nanoseconds of this JVM's ticker. */
    private static long[] waits(List<OutboxRow> rows, long read) {
        return rows.stream()
                .mapToLong(row -> TimeUnit.MICROSECONDS.toNanos(row.waitedMicros()) - read)
                .toArray();
    }

    /**
     * @param waits what, added to the ticker's time, is how long a row has waited
     */
    private void send(Lease lease, EventLog.Session current, BatchPlan plan, long[] waits) {
        RowIds ids = plan.ids();
        long start = ticker.nanos();
        EventLog.Outcome outcome = current.publish(plan.send(), ids, lease.epoch());
        PoisonRow.Reason refused = outcome.refused();
        if (refused == null) {
            published = ids;
            batchPublished = true;
            limit = search.committed(ids.size());
            metrics.committed(ids.size(), ticker.nanos() - start);
            metrics.waited(waits, ticker.nanos());
            return;
        }
        // Nothing was published; without the poison the rest will be, in a new session.
        leaveSession();
        long culprit = ids.size() == 1 ? plan.send().get(0).rowId() : outcome.culprit();
        if (culprit < 0) {
            limit = search.refused(ids.size());
        } else {
            quarantine(lease, List.of(new PoisonRow(culprit, refused)));
            limit = search.found();
        }
    }

    /** After the last batch nobody calls again soon; the deletion must not wait. */
    private boolean deleteNow(Lease lease) {
        if (published.isEmpty()) {
            return session != null;
        }
        if (!lease.live(ticker)) {
            return false;
        }
        store.exchange(lease, published, Selection.NONE);
        published = RowIds.NONE;
        return true;
    }

    private void quarantine(Lease lease, List<PoisonRow> rows) {
        store.quarantine(lease, rows);
        metrics.quarantined(rows.size());
        log.atError()
                .addKeyValue("shard", shard)
                .addKeyValue("rows", rows.size())
                .addKeyValue("firstRow", rows.get(0).rowId())
                .addKeyValue("reason", rows.get(0).reason())
                .log("events can never be published and were moved to event_outbox_quarantine: look at them");
    }

    private void hold(Set<EventStream> streams) {
        held.addAll(streams);
        heldCheckAt = ticker.nanos() + settings.topicCheck().toNanos();
        log.atWarn()
                .addKeyValue("shard", shard)
                .addKeyValue("streams", streams.stream().map(EventStream::key).toList())
                .log("events wait in the outbox until their topic is created");
    }

    private void releaseHeld(EventLog.Session current) {
        if (held.isEmpty() || ticker.nanos() - heldCheckAt < 0) {
            return;
        }
        heldCheckAt = ticker.nanos() + settings.topicCheck().toNanos();
        Set<String> missing = current.missing(
                held.stream().flatMap(stream -> topics(stream).stream()).collect(Collectors.toSet()));
        held.removeIf(stream -> topics(stream).stream().noneMatch(missing::contains));
    }

    private List<String> topics(EventStream stream) {
        return settings.names().topics(stream.type(), stream.organisationId());
    }

    private void stepBack(EventLogFailure failure) {
        leaveSession();
        metrics.failed();
        long now = ticker.nanos();
        retryAt = now + settings.retry().toNanos();
        if (!failing) {
            failing = true;
            failingSince = now;
            warn(failure, now);
        } else if (now - warnedAt >= REPEAT_WARNING_NANOS) {
            warn(failure, now);
        }
    }

    private void warn(EventLogFailure failure, long now) {
        warnedAt = now;
        log.atWarn()
                .addKeyValue("shard", shard)
                .addKeyValue("kind", failure.kind())
                .addKeyValue("failure", failure.getMessage())
                .addKeyValue("seconds", Duration.ofNanos(now - failingSince).toSeconds())
                .log("events cannot be published now; they stay in the outbox and it is tried again");
    }

    private void leaveSession() {
        EventLog.Session old = session;
        session = null;
        published = RowIds.NONE;
        held.clear();
        if (old != null) {
            old.close();
        }
    }

    @Override
    public void close() {
        leaveSession();
    }
}
