package io.callisto.cache;

import io.callisto.cache.client.CacheGeneration;
import io.callisto.ha.Coordinator;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Scope;
import io.callisto.ha.ServiceHandle;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Announces the service and stands for the scope. Started and stopped by the context's thread. */
final class CacheServiceRunner implements SmartLifecycle {
    static final String SERVICE = "cache-service";

    /** After the loss of a node the cache takes no writes until its ring is whole again, which is a matter of that. */
    private static final Duration UNTIL_IN_FORCE = Duration.ofMillis(100);

    private final Coordinator coordinator;
    private final FencedTransaction fenced;
    private final CacheGeneration generation;
    private final String address;
    private final Duration interval;
    private volatile @Nullable ServiceHandle handle;

    /**
     * @param address where other cache nodes find this one
     * @param interval between two looks of the owner at the generation, once it is in force
     */
    CacheServiceRunner(
            Coordinator coordinator,
            FencedTransaction fenced,
            CacheGeneration generation,
            String address,
            Duration interval) {
        this.coordinator = coordinator;
        this.fenced = fenced;
        this.generation = generation;
        this.address = address;
        this.interval = interval;
    }

    @Override
    public void start() {
        ServiceHandle own = coordinator.register(SERVICE);
        handle = own;
        own.publish(Map.of(SERVICE, address));
        Duration idle = interval.compareTo(UNTIL_IN_FORCE) < 0 ? interval : UNTIL_IN_FORCE;
        own.standFor(
                Scope.cache(),
                idle,
                (lease, wakeUp) -> new GenerationDuty(fenced, generation, coordinator.ticker(), interval));
    }

    @Override
    public void stop() {
        ServiceHandle own = handle;
        handle = null;
        if (own != null) {
            own.close();
        }
    }

    @Override
    public boolean isRunning() {
        return handle != null;
    }
}
