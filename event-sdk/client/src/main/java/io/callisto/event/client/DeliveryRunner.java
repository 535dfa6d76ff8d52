package io.callisto.event.client;

import io.callisto.event.client.ErrorHandler.Decision;
import io.callisto.event.client.ErrorHandler.Failure;
import io.callisto.event.client.source.SourcePartition;
import io.callisto.event.client.source.SourceRecord;
import io.callisto.event.contract.CallistoEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives what was read to the handlers, one record after the other. Never waits: where a handler has to be tried again
 * later it says so, and the client's thread, which alone uses this, goes on polling meanwhile to stay in its group.
 */
final class DeliveryRunner {
    private static final Logger log = LoggerFactory.getLogger(DeliveryRunner.class);

    /** What came of a step. */
    enum Step {
        /** One record is dealt with. */
        DONE,
        /** The next one has to wait. */
        WAIT,
        /** There is none. */
        IDLE,
        /** The client has to stop. */
        STOP
    }

    private final ClientSettings settings;
    private final String site;
    private final Positions positions;
    private final ClientCounts counts;
    private final BooleanSupplier closing;
    private final RecordReader reader = new RecordReader();
    private final Deque<SourceRecord> backlog = new ArrayDeque<>();
    private final Map<String, Instant> newest = new HashMap<>();
    private int failures;
    private int failuresOfRound;
    private @Nullable Long retryAt;
    private @Nullable Exception lastFailure;

    DeliveryRunner(
            ClientSettings settings, String site, Positions positions, ClientCounts counts, BooleanSupplier closing) {
        this.settings = settings;
        this.site = site;
        this.positions = positions;
        this.counts = counts;
        this.closing = closing;
    }

    void add(Collection<SourceRecord> records) {
        counts.received.addAndGet(records.size());
        backlog.addAll(records);
    }

    boolean idle() {
        return backlog.isEmpty();
    }

    /** What stays undone because its handler fails again and again; null where nothing does. */
    @Nullable
    String stuck() {
        Exception cause = lastFailure;
        return cause == null || failures <= settings.handling().retry().tries()
                ? null
                : "the handler fails at " + backlog.peekFirst() + " for the " + failures + "th time: " + cause;
    }

    /** The last failure of what is at the head; null for none. */
    @Nullable
    Exception lastFailure() {
        return lastFailure;
    }

    /** When the newest record of each topic that was dealt with had been written. */
    Map<String, Instant> newest() {
        return newest;
    }

    void forget(Collection<SourcePartition> partitions) {
        SourceRecord head = backlog.peekFirst();
        if (head != null && partitions.contains(head.partition())) {
            freshHead();
        }
        backlog.removeIf(record -> partitions.contains(record.partition()));
        positions.forget(partitions);
    }

    /** Time until the next try, zero for at once. */
    Duration untilNext(long now) {
        Long at = retryAt;
        if (at != null) {
            return Duration.ofNanos(Math.max(0, at - now));
        }
        return full() ? Duration.ofMillis(20) : Duration.ZERO;
    }

    /** Takes in what handlers have acknowledged since. */
    void settle() {
        for (UUID eventId : positions.settle()) {
            try {
                settings.handling().duplicates().add(eventId);
            } catch (RuntimeException e) { // it may come twice after a restart, no more
                log.atWarn().setCause(e).log("an acknowledged event cannot be remembered");
            }
        }
    }

    private boolean full() {
        return settings.reading().commit() == CommitMode.MANUAL
                && positions.open() >= settings.reading().mostUnacknowledged();
    }

    Step step(long now) {
        SourceRecord record = backlog.peekFirst();
        if (record == null) {
            return Step.IDLE;
        }
        if (full() || (retryAt != null && retryAt - now > 0)) {
            return Step.WAIT;
        }
        retryAt = null;
        Route route =
                Objects.requireNonNull(settings.routes().get(record.partition().topic()));
        RecordReader.Found found = reader.read(record, route);
        if (found.unknownType()) {
            counts.ignored.incrementAndGet();
            return done(record, true);
        }
        CallistoEvent event = found.event();
        PoisonRecord poison = event != null
                ? null
                : new PoisonRecord(
                        Objects.requireNonNull(found.poison()),
                        found.explanation(),
                        context(record, route, () -> {}),
                        record.key(),
                        record.value(),
                        record.headers());
        try {
            return done(record, event != null ? handle(record, route, event) : refuse(Objects.requireNonNull(poison)));
        } catch (Exception e) {
            if (e instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
                if (closing.getAsBoolean()) {
                    Thread.currentThread().interrupt();
                    return Step.STOP;
                }
                Thread.interrupted(); // of the handler's own making
            }
            return failed(new Failure(context(record, route, () -> {}), event, poison, ++failures, e), record, now);
        }
    }

    /** Returns whether it is dealt with; else it was given out and will be acknowledged. */
    private boolean handle(SourceRecord record, Route route, CallistoEvent event) throws Exception {
        DuplicateStore duplicates = settings.handling().duplicates();
        if (duplicates.contains(event.eventId())) {
            counts.duplicates.incrementAndGet();
            return true;
        }
        boolean manual = settings.reading().commit() == CommitMode.MANUAL;
        Positions.Open open = manual ? positions.prepared(record.offset(), event.eventId()) : null;
        EventContext context = context(record, route, open == null ? () -> {} : open::acknowledge);
        long begin = settings.ticker().getAsLong();
        route.subscription().call(event, context);
        Duration took = Duration.ofNanos(settings.ticker().getAsLong() - begin);
        if (open == null) {
            duplicates.add(event.eventId());
        } else {
            positions.open(record.partition(), open);
        }
        counts.handled(event.at(), settings.clock().instant());
        settings.handling().observer().handled(context, took);
        return open == null;
    }

    private boolean refuse(PoisonRecord poison) throws Exception {
        settings.handling().poison().onPoison(poison);
        counts.poison.incrementAndGet();
        settings.handling().observer().poison(poison);
        return true;
    }

    private Step failed(Failure failure, SourceRecord record, long now) {
        counts.failures.incrementAndGet();
        lastFailure = failure.cause();
        failuresOfRound++;
        settings.handling().observer().failed(failure.context(), failure.cause());
        RetryPolicy retry = settings.handling().retry();
        if (failuresOfRound <= retry.tries()) {
            retryAt = now + retry.waitAfter(failuresOfRound).toNanos();
            return Step.WAIT;
        }
        Decision decision = decision(failure);
        log.atWarn()
                .addKeyValue("at", failure.context())
                .addKeyValue("failures", failure.failures())
                .addKeyValue("decision", decision)
                .setCause(failure.cause())
                .log("an event cannot be dealt with");
        return switch (decision) {
            case STOP -> Step.STOP;
            case RETRY -> {
                failuresOfRound = 0;
                Duration wait = retry.longestWait().isZero() ? Duration.ofSeconds(1) : retry.longestWait();
                retryAt = now + wait.toNanos();
                yield Step.WAIT;
            }
            case SKIP -> {
                counts.skipped.incrementAndGet();
                yield done(record, true);
            }
        };
    }

    private Decision decision(Failure failure) {
        try {
            return settings.handling().errors().onError(failure);
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("the error handler itself failed; the event is tried again");
            return Decision.RETRY;
        }
    }

    private Step done(SourceRecord record, boolean dealtWith) {
        backlog.removeFirst();
        freshHead();
        newest.merge(record.partition().topic(), record.timestamp(), (old, now) -> old.isAfter(now) ? old : now);
        if (dealtWith) {
            positions.done(record.partition(), record.offset());
        }
        return Step.DONE;
    }

    private void freshHead() {
        failures = 0;
        failuresOfRound = 0;
        retryAt = null;
        lastFailure = null;
    }

    private EventContext context(SourceRecord record, Route route, Runnable acknowledgement) {
        return new EventContext(
                site,
                route.type(),
                route.organisationId(),
                record.partition().topic(),
                record.partition().number(),
                record.offset(),
                record.timestamp(),
                record.headers(),
                failures + 1,
                acknowledgement);
    }

    /** The partitions of what is still to be given out. */
    List<SourcePartition> waiting() {
        return backlog.stream().map(SourceRecord::partition).distinct().toList();
    }
}
