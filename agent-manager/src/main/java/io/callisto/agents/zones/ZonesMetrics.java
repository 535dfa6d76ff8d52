package io.callisto.agents.zones;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** What the agent managers of this JVM do. Thread-safe. */
final class ZonesMetrics {
    private final AtomicInteger served = new AtomicInteger();
    private final Counter ticks;
    private final Counter applied;
    private final Counter refused;
    private final Counter moved;

    ZonesMetrics(MeterRegistry registry) {
        this.ticks = registry.counter("callisto.agents.zone.ticks");
        this.applied = registry.counter("callisto.agents.zone.commands", "result", "applied");
        this.refused = registry.counter("callisto.agents.zone.commands", "result", "refused");
        this.moved = registry.counter("callisto.agents.zone.moves");
        String name = "callisto.agents.zones.served";
        // A service that was stopped and started again in this JVM would go on showing its first incarnation's value.
        registry.find(name).meters().forEach(registry::remove);
        Gauge.builder(name, served::get)
                .description("Zones whose agent manager is here")
                .register(registry);
    }

    void tookOver() {
        served.incrementAndGet();
    }

    void left() {
        served.decrementAndGet();
    }

    void ticked() {
        ticks.increment();
    }

    void settled(boolean applies) {
        (applies ? applied : refused).increment();
    }

    void moved() {
        moved.increment();
    }
}
