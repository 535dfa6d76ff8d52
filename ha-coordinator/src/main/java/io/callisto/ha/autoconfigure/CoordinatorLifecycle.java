package io.callisto.ha.autoconfigure;

import io.callisto.ha.Coordinator;
import org.springframework.context.SmartLifecycle;

/** Releases the roles before anything else of the context stops: who takes over must not wait for an HTTP drain. */
final class CoordinatorLifecycle implements SmartLifecycle {
    private final Coordinator coordinator;
    private volatile boolean running;

    CoordinatorLifecycle(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        coordinator.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
