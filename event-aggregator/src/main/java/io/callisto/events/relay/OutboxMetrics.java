package io.callisto.events.relay;

import io.callisto.outbox.backlog.Backlog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** What waits in the outbox, all shards together; every server shows the same. */
final class OutboxMetrics {
    private OutboxMetrics() {}

    static void register(MeterRegistry registry, Supplier<Backlog> backlog) {
        gauge(
                registry,
                "callisto.outbox.rows",
                "Events that are not published yet",
                () -> backlog.get().rows());
        gauge(
                registry,
                "callisto.outbox.oldest.seconds",
                "How long the oldest event has waited that is not published yet",
                () -> backlog.get().oldestSeconds());
        gauge(
                registry,
                "callisto.outbox.late",
                "1: alarm, the oldest event waits for longer than callisto.outbox.late-after",
                () -> backlog.get().late() ? 1 : 0);
        gauge(
                registry,
                "callisto.outbox.full",
                "1: alarm, callisto.outbox.full-rows are reached and nothing new is begun",
                () -> backlog.get().full() ? 1 : 0);
    }

    private static void gauge(MeterRegistry registry, String name, String description, Supplier<Number> value) {
        // A service that was stopped and started again in this JVM would go on showing its first incarnation's value.
        registry.find(name).meters().forEach(registry::remove);
        Gauge.builder(name, value).description(description).register(registry);
    }
}
