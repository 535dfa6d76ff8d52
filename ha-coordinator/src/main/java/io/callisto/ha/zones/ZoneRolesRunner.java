package io.callisto.ha.zones;

import io.callisto.domain.ZoneId;
import io.callisto.ha.ServiceHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Lets a service stand for the role of every zone: looks for zones that came or went when it hears of them, and from
 * time to time, on its own thread; passes on wake-ups to the duties. When it stops, it closes the service's handle.
 */
public final class ZoneRolesRunner implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ZoneRolesRunner.class);
    private static final String ZONE_CHANNEL = "callisto_zone";
    private static final String COMMAND_CHANNEL = "callisto_command";

    private final ServiceHandle handle;
    private final Supplier<List<ZoneId>> zones;
    private final ZoneRoles roles;
    private final Duration sweep;
    private @Nullable ScheduledExecutorService thread;
    private final List<AutoCloseable> subscriptions = new ArrayList<>();

    /**
     * @param zones reads what zones there are; may throw, then it is asked again
     * @param sweep longest time between two looks
     */
    public ZoneRolesRunner(ServiceHandle handle, Supplier<List<ZoneId>> zones, ZoneRole role, Duration sweep) {
        this.handle = handle;
        this.zones = zones;
        this.roles = new ZoneRoles(handle, role);
        this.sweep = sweep;
    }

    @Override
    public synchronized void start() {
        if (thread != null) {
            return;
        }
        subscriptions.add(handle.onNotify(COMMAND_CHANNEL, roles::wakeUp));
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread named = new Thread(task, handle.service() + "-zones-" + handle.server());
            named.setDaemon(true);
            return named;
        });
        thread = started;
        started.execute(this::look);
        subscriptions.add(handle.onNotify(ZONE_CHANNEL, payload -> lookSoon(started)));
        var unused =
                started.scheduleWithFixedDelay(this::look, sweep.toMillis(), sweep.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookSoon(ScheduledExecutorService watching) {
        try {
            watching.execute(this::look);
        } catch (RejectedExecutionException stopped) {
            log.atDebug().addKeyValue("service", handle.service()).log("news of a zone came too late");
        }
    }

    /** Wakes the duty of a scope; empty: all of them. May be called by any thread. */
    public void wakeUp(String scope) {
        roles.wakeUp(scope);
    }

    private void look() {
        try {
            roles.standFor(zones.get());
        } catch (RuntimeException failed) {
            log.atWarn()
                    .addKeyValue("service", handle.service())
                    .addKeyValue("error", failed.toString())
                    .log("cannot read the zones; tried again");
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
        // All roles of the service let go at the same time, not one after the other.
        handle.close();
        roles.close();
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
