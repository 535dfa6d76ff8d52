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

    private final Coordinator coordinator;
    private final FencedTransaction fenced;
    private final CacheGeneration generation;
    private final String address;
    private final Duration idle;
    private volatile @Nullable ServiceHandle handle;

    /**
     * @param address where other cache nodes find this one
     * @param idle between two looks of the owner at the generation
     */
    CacheServiceRunner(
            Coordinator coordinator,
            FencedTransaction fenced,
            CacheGeneration generation,
            String address,
            Duration idle) {
        this.coordinator = coordinator;
        this.fenced = fenced;
        this.generation = generation;
        this.address = address;
        this.idle = idle;
    }

    @Override
    public void start() {
        ServiceHandle own = coordinator.register(SERVICE);
        handle = own;
        own.publish(Map.of(SERVICE, address));
        own.standFor(Scope.cache(), idle, (lease, wakeUp) -> new GenerationDuty(fenced, generation));
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
