package io.callisto.ha;

import io.callisto.ha.LeaseStatistics.Event;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What this JVM owns. Scopes of jobs come and go, so they are only counted, by their kind. */
public final class CoordinatorMetrics implements MeterBinder {
    private final LeaseCoordinator coordinator;

    public CoordinatorMetrics(LeaseCoordinator coordinator) {
        this.coordinator = coordinator;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Event event : EnumSet.complementOf(EnumSet.of(Event.STATEMENT))) {
            FunctionCounter.builder(
                            "callisto.lease.events",
                            coordinator,
                            c -> c.statistics().get(event))
                    .tag("event", event.name().toLowerCase(Locale.ROOT))
                    .description("What happened to the leases of this JVM")
                    .register(registry);
        }
        Gauge.builder("callisto.lease.age", coordinator, CoordinatorMetrics::oldestSeconds)
                .baseUnit("seconds")
                .description("Since the oldest confirmation of a lease that is held")
                .register(registry);
        Gauge.builder("callisto.lease.database.connected", coordinator, c -> c.connected() ? 1 : 0)
                .description("Whether the lease connection works")
                .register(registry);
        FunctionCounter.builder(
                        "callisto.lease.statements",
                        coordinator,
                        c -> c.statistics().get(Event.STATEMENT))
                .description("SQL statements of the coordinator, its steady cost")
                .register(registry);
        Gauge.builder("callisto.ha.peers", coordinator, LeaseCoordinator::linkedPeers)
                .description("Processes whose end would be noticed at once")
                .register(registry);
        Gauge.builder("callisto.ha.zookeeper.joined", coordinator, c -> c.hints() == HintState.JOINED ? 1 : 0)
                .description("Whether hints of ZooKeeper arrive")
                .register(registry);
        Gauge.builder("callisto.clock.skew", coordinator, c -> c.clockSkew().millis() / 1000.0)
                .baseUnit("seconds")
                .description("How far this server's clock is ahead of the database's")
                .register(registry);
        Gauge.builder("callisto.ha.barred", coordinator, c -> c.barredBecause().isEmpty() ? 0 : 1)
                .description("Whether this process may own nothing")
                .register(registry);
        coordinator.onTakeover(done -> Timer.builder("callisto.failover.duration")
                .description("From when a scope was free to its next owner's first work")
                .tag("kind", kind(done.scope()))
                .tag("reason", done.reason().name().toLowerCase(Locale.ROOT))
                .publishPercentileHistogram()
                .register(registry)
                .record(done.duration()));
        MultiGauge held = MultiGauge.builder("callisto.lease.held")
                .description("Scopes that this JVM owns, by kind")
                .register(registry);
        MultiGauge epochs = MultiGauge.builder("callisto.lease.epoch")
                .description("Epochs of the scopes that this JVM owns, without those of jobs")
                .register(registry);
        coordinator.onOwnershipChange(() -> {
            List<Lease> leases = coordinator.held();
            held.register(
                    leases.stream()
                            .collect(Collectors.groupingBy(lease -> kind(lease.scope()), Collectors.counting()))
                            .entrySet()
                            .stream()
                            .map(kind -> MultiGauge.Row.of(Tags.of("kind", kind.getKey()), kind.getValue()))
                            .toList(),
                    true);
            epochs.register(
                    leases.stream()
                            .filter(lease -> !kind(lease.scope()).equals("job"))
                            .map(lease -> MultiGauge.Row.of(
                                    Tags.of("scope", lease.scope().value()), lease.epoch()))
                            .toList(),
                    true);
        });
    }

    private static double oldestSeconds(LeaseCoordinator coordinator) {
        return coordinator.held().stream()
                        .map(coordinator::age)
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO)
                        .toMillis()
                / 1000.0;
    }

    private static String kind(Scope scope) {
        int slash = scope.value().indexOf('/');
        return slash < 0 ? scope.value() : scope.value().substring(0, slash);
    }
}
