package io.callisto.director.imports;

import io.callisto.domain.ZoneId;
import io.callisto.ha.ServiceHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks for new zones from time to time, on its own thread. */
final class ZoneWatchRunner implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ZoneWatchRunner.class);

    private final ServiceHandle handle;
    private final Supplier<List<ZoneId>> zones;
    private final ZoneDirectors directors;
    private final Duration interval;
    private @Nullable ScheduledExecutorService thread;
    private final List<AutoCloseable> subscriptions = new ArrayList<>();

    ZoneWatchRunner(ServiceHandle handle, Supplier<List<ZoneId>> zones, ZoneDirectors directors, Duration interval) {
        this.handle = handle;
        this.zones = zones;
        this.directors = directors;
        this.interval = interval;
    }

    @Override
    public synchronized void start() {
        if (thread != null) {
            return;
        }
        subscriptions.add(handle.onNotify("callisto_command", directors::wakeUp));
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread named = new Thread(task, "zone-watch-" + handle.server());
            named.setDaemon(true);
            return named;
        });
        thread = started;
        started.execute(this::look);
        subscriptions.add(handle.onNotify("callisto_zone", payload -> lookSoon(started)));
        var unused = started.scheduleWithFixedDelay(
                this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookSoon(ScheduledExecutorService watching) {
        if (!watching.isShutdown()) {
            watching.execute(this::look);
        }
    }

    /** Wakes the duty of a scope; empty: all of them. */
    void wakeUp(String scope) {
        directors.wakeUp(scope);
    }

    private void look() {
        try {
            directors.standFor(zones.get());
        } catch (RuntimeException failed) {
            log.atWarn().addKeyValue("error", failed.toString()).log("cannot read the zones; tried again");
        }
    }

    @Override
    public void stop() {
        // Not under the lock: the directors close only after the watching has ended, or a new one would slip in.
        ScheduledExecutorService ending = take();
        if (ending == null) {
            return;
        }
        ending.shutdownNow();
        // All roles of the service let go at the same time, not one after the other.
        handle.close();
        directors.close();
    }

    private synchronized @Nullable ScheduledExecutorService take() {
        ScheduledExecutorService ending = thread;
        thread = null;
        for (AutoCloseable subscription : subscriptions) {
            try {
                subscription.close();
            } catch (Exception failed) {
                log.atWarn().addKeyValue("error", failed.toString()).log("cannot end a subscription");
            }
        }
        subscriptions.clear();
        return ending;
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
