package io.callisto.agents.zones;

import io.callisto.ha.ServiceHandle;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks for zones that came or went, from time to time, on its own thread. */
final class ZoneWatchRunner implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ZoneWatchRunner.class);

    private final ServiceHandle handle;
    private final JdbcZoneStore zones;
    private final ZoneRoles roles;
    private final Duration interval;
    private @Nullable ScheduledExecutorService thread;
    private @Nullable AutoCloseable subscription;

    ZoneWatchRunner(ServiceHandle handle, JdbcZoneStore zones, ZoneRoles roles, Duration interval) {
        this.handle = handle;
        this.zones = zones;
        this.roles = roles;
        this.interval = interval;
    }

    @Override
    public synchronized void start() {
        if (thread != null) {
            return;
        }
        subscription = handle.onNotify("callisto_command", roles::wakeUp);
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread named = new Thread(task, "agent-zones-" + handle.server());
            named.setDaemon(true);
            return named;
        });
        thread = started;
        started.execute(this::look);
        var unused = started.scheduleWithFixedDelay(
                this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Wakes the duty of a scope; empty: all of them. */
    void wakeUp(String scope) {
        roles.wakeUp(scope);
    }

    private void look() {
        try {
            roles.standFor(zones.zones());
        } catch (RuntimeException failed) {
            log.atWarn().addKeyValue("error", failed.toString()).log("cannot read the zones; tried again");
        }
    }

    @Override
    public void stop() {
        // Not under the lock: the roles close only after the watching has ended, or a new one would slip in.
        ScheduledExecutorService ending = take();
        if (ending == null) {
            return;
        }
        ending.shutdownNow();
        roles.close();
    }

    private synchronized @Nullable ScheduledExecutorService take() {
        ScheduledExecutorService ending = thread;
        thread = null;
        if (subscription != null) {
            try {
                subscription.close();
            } catch (Exception failed) {
                log.atWarn().addKeyValue("error", failed.toString()).log("cannot end a subscription");
            }
            subscription = null;
        }
        return ending;
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
