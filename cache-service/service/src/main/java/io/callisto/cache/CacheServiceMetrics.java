package io.callisto.cache;

import io.callisto.cache.client.ContactQueueCache;
import io.callisto.cache.client.IgniteNode;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToLongFunction;

/** Health and size of this JVM's copy of the caches. */
final class CacheServiceMetrics {
    private CacheServiceMetrics() {}

    static void register(MeterRegistry registry, CacheWatchRunner watch, IgniteNode node, ContactQueueCache queue) {
        for (CacheState state : CacheState.values()) {
            Gauge.builder("callisto.cache.state", watch, it -> it.state() == state ? 1 : 0)
                    .tag("state", state.name())
                    .register(registry);
        }
        Gauge.builder("callisto.cache.servers", node, CacheServiceMetrics::servers)
                .description("server nodes that this node sees")
                .register(registry);
        FunctionCounter.builder("callisto.cache.rejoins", watch, CacheWatchRunner::rejoins)
                .description("departures from a ring that was not the owner's")
                .register(registry);
        Gauge.builder("callisto.cache.waiting", queue, it -> it.counters().waiting())
                .register(registry);
        counter(registry, queue, "written", ContactQueueCache.Counters::written);
        counter(registry, queue, "dropped", ContactQueueCache.Counters::dropped);
        counter(registry, queue, "failed", ContactQueueCache.Counters::failed);
    }

    private static void counter(
            MeterRegistry registry,
            ContactQueueCache queue,
            String outcome,
            ToLongFunction<ContactQueueCache.Counters> value) {
        FunctionCounter.builder("callisto.cache.contacts", queue, it -> value.applyAsLong(it.counters()))
                .tag("outcome", outcome)
                .register(registry);
    }

    private static double servers(IgniteNode node) {
        return node.ready()
                .map(ignite -> ignite.cluster().forServers().nodes().size())
                .orElse(0);
    }
}
