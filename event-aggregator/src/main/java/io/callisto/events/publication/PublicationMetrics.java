package io.callisto.events.publication;

import io.callisto.events.publication.JdbcPublicationStore.Waiting;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** What was published and what waits, shown by the server that owns the publication; 0 elsewhere. Thread-safe. */
final class PublicationMetrics {
    private final MeterRegistry registry;
    private final Counter published;
    private final Counter repeated;
    private final Counter failures;
    private volatile Waiting waiting = Waiting.NONE;

    PublicationMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.published = registry.counter("callisto.publication.sent", "repeated", "false");
        this.repeated = registry.counter("callisto.publication.sent", "repeated", "true");
        this.failures = registry.counter("callisto.publication.failures");
        gauge("callisto.publication.rows", "Results that are not published yet", () -> waiting.rows());
        gauge(
                "callisto.publication.oldest.seconds",
                "Age of the oldest result that is not published yet",
                () -> waiting.oldestSeconds());
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        // A service that was stopped and started again in this JVM would go on showing its first incarnation's value.
        registry.find(name).meters().forEach(registry::remove);
        Gauge.builder(name, value).description(description).register(registry);
    }

    void show(Waiting now) {
        waiting = now;
    }

    void published(long rows, long ofThemRepeated) {
        published.increment((double) (rows - ofThemRepeated));
        repeated.increment((double) ofThemRepeated);
    }

    void failed() {
        failures.increment();
    }
}
