package io.callisto.events.aggregate;

import io.callisto.events.aggregate.EventSource.GapReason;
import io.callisto.events.aggregate.JdbcUpkeepStore.Kept;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** What a shard's aggregator does, shown by the server that owns it; its gauges are 0 elsewhere. Thread-safe. */
final class AggregatorMetrics {
    /**
     * What is not read yet.
     *
     * @param records how many
     * @param seconds since the last one that was read was published; 0 where none waits
     */
    record Lag(long records, double seconds) {
        static final Lag NONE = new Lag(0, 0);
    }

    private final MeterRegistry registry;
    private final String shard;
    private final Counter read;
    private final Counter repeated;
    private final Counter joined;
    private final Counter replaced;
    private final Counter unfinished;
    private volatile Lag lag = Lag.NONE;
    private volatile Kept kept = Kept.NOTHING;

    AggregatorMetrics(MeterRegistry registry, int shard) {
        this.registry = registry;
        this.shard = Integer.toString(shard);
        read = counter("callisto.aggregator.read", "Records read");
        repeated = counter("callisto.aggregator.repeated", "Events that said nothing new");
        joined = counter("callisto.aggregator.joined", "Results of attempts");
        replaced = counter("callisto.aggregator.replaced", "Results that replace another");
        unfinished = counter("callisto.aggregator.unfinished", "Attempts given up: their end was never read");
        gauge("callisto.aggregator.lag.records", "Records that are not read yet", () -> lag.records());
        gauge("callisto.aggregator.lag.seconds", "How far reading is behind", () -> lag.seconds());
        gauge("callisto.aggregator.waiting", "Results that wait for an agent or another topic", () -> kept.waiting());
        gauge("callisto.aggregator.attempts", "Attempts that are kept", () -> kept.kept());
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name)
                .tag("shard", shard)
                .description(description)
                .register(registry);
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        // A service that was stopped and started again in this JVM would go on showing its first incarnation's value.
        registry.find(name).tag("shard", shard).meters().forEach(registry::remove);
        Gauge.builder(name, value).tag("shard", shard).description(description).register(registry);
    }

    void committed(JoinLedger.Done done) {
        read.increment(done.read());
        repeated.increment(done.repeated());
        joined.increment(done.joined());
        replaced.increment(done.replaced());
    }

    void quarantined(String reason) {
        registry.counter("callisto.aggregator.quarantined", "shard", shard, "reason", reason)
                .increment();
    }

    void gap(GapReason reason, long missed) {
        registry.counter("callisto.aggregator.gaps", "shard", shard, "reason", reason.name())
                .increment();
        registry.counter("callisto.aggregator.missed", "shard", shard).increment((double) missed);
    }

    /** A topic was deleted and made anew. */
    void anew() {
        registry.counter("callisto.aggregator.gaps", "shard", shard, "reason", "ANEW")
                .increment();
    }

    void unfinished(int attempts) {
        unfinished.increment(attempts);
    }

    void show(Lag now) {
        lag = now;
    }

    void show(Kept now) {
        kept = now;
    }
}
