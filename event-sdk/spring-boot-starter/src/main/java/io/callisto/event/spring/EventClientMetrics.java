package io.callisto.event.spring;

import io.callisto.event.client.EventClientStatus;
import io.callisto.event.client.EventClientStatus.Counts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToLongFunction;

/** Counts of {@link EventClientStatus}, how many events are to come, and how old the newest one is. */
public final class EventClientMetrics implements MeterBinder {
    private final CallistoEvents events;
    private final Clock clock;

    EventClientMetrics(CallistoEvents events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        counter(registry, "received", "records read", Counts::received);
        counter(registry, "handled", "events that their handler was done with", Counts::handled);
        counter(registry, "duplicates", "events known already, not given to the handler", Counts::duplicates);
        counter(registry, "poison", "records that were no events", Counts::poison);
        counter(registry, "failures", "how often a handler has thrown", Counts::failures);
        counter(registry, "skipped", "events left because the error handler said so", Counts::skipped);
        counter(registry, "commit.failures", "how often positions could not be kept", Counts::commitFailures);
        counter(registry, "site.switches", "how often the client went to another site", Counts::siteSwitches);
        Gauge.builder(
                        "callisto.events.lag",
                        events,
                        found -> found.status()
                                .map(status -> (double) status.totalLag())
                                .orElse(Double.NaN))
                .description("events to come")
                .register(registry);
        Gauge.builder(
                        "callisto.events.healthy",
                        events,
                        found -> found.status()
                                .map(status -> status.healthy() ? 1.0 : 0.0)
                                .orElse(Double.NaN))
                .description("1 while events are read, 0 else")
                .register(registry);
        Gauge.builder("callisto.events.last.event.age", this, EventClientMetrics::age)
                .description("how long ago the newest event that was handled had happened")
                .baseUnit("seconds")
                .register(registry);
    }

    private double age() {
        Instant last = events.status().map(EventClientStatus::lastEventAt).orElse(null);
        return last == null
                ? Double.NaN
                : Duration.between(last, clock.instant()).toMillis() / 1000.0;
    }

    private void counter(MeterRegistry registry, String name, String description, ToLongFunction<Counts> count) {
        FunctionCounter.builder(
                        "callisto.events." + name,
                        events,
                        found -> found.status()
                                .map(status -> (double) count.applyAsLong(status.counts()))
                                .orElse(0.0))
                .description(description)
                .register(registry);
    }
}
