package io.callisto.messaging;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;

/** What this JVM's wake-ups do. Thread-safe. */
final class WakeUpMetrics {
    private final Counter sent;
    private final Counter dropped;
    private final Counter received;

    WakeUpMetrics(MeterRegistry registry, BooleanSupplier connected) {
        this.sent = registry.counter("callisto.messaging.wakeups", "result", "sent");
        this.dropped = registry.counter("callisto.messaging.wakeups", "result", "dropped");
        this.received = registry.counter("callisto.messaging.wakeups", "result", "received");
        String name = "callisto.messaging.connected";
        // A context that was stopped and started again in this JVM would go on showing its first incarnation's value.
        registry.find(name).meters().forEach(registry::remove);
        Gauge.builder(name, () -> connected.getAsBoolean() ? 1 : 0)
                .description("Whether the message broker is there")
                .register(registry);
    }

    void sent() {
        sent.increment();
    }

    void dropped() {
        dropped.increment();
    }

    void received() {
        received.increment();
    }
}
