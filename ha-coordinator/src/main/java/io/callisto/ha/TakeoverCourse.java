package io.callisto.ha;

import io.callisto.domain.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the course of each takeover: to the log, to the database (by an errand of the lease thread, which may get lost)
 * and to whoever measures. Thread-safe.
 */
final class TakeoverCourse implements TakeoverListener {
    private static final Logger log = LoggerFactory.getLogger(TakeoverCourse.class);

    /**
     * A takeover whose first work is done.
     *
     * @param duration from when the scope was free
     */
    record Completed(Scope scope, ClaimReason reason, Duration duration) {}

    private final Ticker ticker;
    private final Consumer<Consumer<LeaseSession>> errands;
    private final List<Consumer<Completed>> listeners = new CopyOnWriteArrayList<>();

    TakeoverCourse(Ticker ticker, Consumer<Consumer<LeaseSession>> errands) {
        this.ticker = ticker;
        this.errands = errands;
    }

    /** Hears takeovers, on the roles' threads. */
    void listen(Consumer<Completed> listener) {
        listeners.add(listener);
    }

    @Override
    public void ready(Takeover takeover, long nanos) {
        log.atInfo()
                .addKeyValue("scope", takeover.scope())
                .addKeyValue("epoch", takeover.epoch())
                .addKeyValue("freeMillis", takeover.freeMillis())
                .addKeyValue("claimMillis", millis(takeover.claimedNanos() - takeover.seenNanos()))
                .addKeyValue("takeOverMillis", millis(nanos - takeover.claimedNanos()))
                .log("role took over");
        errands.accept(session -> session.courses()
                .ifPresent(courses ->
                        courses.ready(takeover.scope(), takeover.epoch(), ago(takeover.seenNanos()), ago(nanos))));
    }

    @Override
    public void firstWork(Takeover takeover, String what, long readyNanos, long nanos) {
        Duration duration =
                Duration.ofMillis(takeover.freeMillis()).plusNanos(Math.max(0, nanos - takeover.seenNanos()));
        log.atInfo()
                .addKeyValue("scope", takeover.scope())
                .addKeyValue("epoch", takeover.epoch())
                .addKeyValue("what", what)
                .addKeyValue("firstWorkMillis", millis(nanos - readyNanos))
                .addKeyValue("failoverMillis", duration.toMillis())
                .log("first work done");
        errands.accept(session -> session.courses()
                .ifPresent(courses -> courses.firstWork(takeover.scope(), takeover.epoch(), what, ago(nanos))));
        Completed completed = new Completed(takeover.scope(), takeover.reason(), duration);
        listeners.forEach(listener -> listener.accept(completed));
    }

    private long ago(long nanos) {
        return Math.max(0, millis(ticker.nanos() - nanos));
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
