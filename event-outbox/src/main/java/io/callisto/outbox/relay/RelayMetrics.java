package io.callisto.outbox.relay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** What a relay counts. Thread-safe. */
public final class RelayMetrics {
    private final Counter published;
    private final Counter quarantined;
    private final Counter sessions;
    private final Counter failures;
    private final DistributionSummary batchRows;
    private final Timer commits;
    private final Timer delays;
    private final Gathering gathering;

    /**
     * @param shard the tag of all of them
     * @param gathering goes by the sizes of the transactions
     */
    public RelayMetrics(MeterRegistry registry, int shard, Gathering gathering) {
        this.gathering = gathering;
        String tag = Integer.toString(shard);
        this.published = registry.counter("callisto.events.published", "shard", tag);
        this.quarantined = registry.counter("callisto.events.quarantined", "shard", tag);
        this.sessions = registry.counter("callisto.events.log.sessions", "shard", tag);
        this.failures = registry.counter("callisto.events.log.failures", "shard", tag);
        this.batchRows = registry.summary("callisto.events.batch.rows", "shard", tag);
        this.commits = registry.timer("callisto.events.log.transaction", "shard", tag);
        this.delays = Timer.builder("callisto.events.delay")
                .description("From the writing of an event into the outbox to its commit in the log")
                .tag("shard", tag)
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }

    void committed(int rows, long nanos) {
        published.increment(rows);
        batchRows.record(rows);
        gathering.committed(rows);
        commits.record(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * @param waits each of which, added to {@code now}, is how long an event has waited, in nanoseconds
     */
    void waited(long[] waits, long now) {
        for (long wait : waits) {
            delays.record(Math.max(0, wait + now), TimeUnit.NANOSECONDS);
        }
    }

    void quarantined(int rows) {
        quarantined.increment(rows);
    }

    void opened() {
        sessions.increment();
    }

    void failed() {
        failures.increment();
    }
}
