package io.callisto.events.relay;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** What waits in an outbox shard, shown by the server that owns it; 0 elsewhere. Thread-safe. */
final class OutboxMetrics {
    private final MeterRegistry registry;
    private final String shard;
    private volatile OutboxState state = OutboxState.EMPTY;

    OutboxMetrics(MeterRegistry registry, int shard) {
        this.registry = registry;
        this.shard = Integer.toString(shard);
        gauge("callisto.outbox.rows", "Events that are not published yet", () -> state.rows());
        gauge(
                "callisto.outbox.oldest.seconds",
                "Age of the oldest event that is not published yet",
                () -> state.oldestSeconds());
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        // A service that was stopped and started again in this JVM would go on showing its first incarnation's value.
        registry.find(name).tag("shard", shard).meters().forEach(registry::remove);
        Gauge.builder(name, value).tag("shard", shard).description(description).register(registry);
    }

    void show(OutboxState now) {
        state = now;
    }
}
