package io.callisto.manager.allocation;

import io.callisto.ha.ServiceHandle;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Follows the allocation for as long as the service runs: at every hint of the database, once a second, and more often
 * while there is no director.
 */
final class AllocationRunner implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(AllocationRunner.class);
    private static final String CHANNEL = "callisto_job";
    private static final long SWEEP_MILLIS = 1_000;
    private static final long ALERT_MILLIS = 250;
    private static final long STOP_MILLIS = 10_000;

    private final ServiceHandle handle;
    private final AllocationFollower follower;
    private final String address;
    private final Semaphore hints = new Semaphore(0);
    private volatile boolean running;
    private @Nullable Thread thread;
    private @Nullable AutoCloseable notifications;

    /**
     * @param address published, so that the director sees which servers can dial
     */
    AllocationRunner(ServiceHandle handle, AllocationFollower follower, String address) {
        this.handle = handle;
        this.follower = follower;
        this.address = address;
    }

    @Override
    public synchronized void start() {
        if (running) {
            return;
        }
        running = true;
        notifications = handle.onNotify(CHANNEL, payload -> hints.release());
        Thread following = new Thread(this::run, "allocation");
        following.start();
        thread = following;
        handle.publish(Map.of(handle.service(), address));
    }

    private void run() {
        while (running) {
            long wait = SWEEP_MILLIS;
            try {
                wait = follower.follow() == Sight.Director.SETTLED ? SWEEP_MILLIS : ALERT_MILLIS;
            } catch (RuntimeException failure) {
                // The database may be away: the dialers that run go on, and the next sweep heals the rest.
                log.atWarn().setCause(failure).log("allocation cannot be read; it is tried again");
            }
            try {
                if (hints.tryAcquire(wait, TimeUnit.MILLISECONDS)) {
                    hints.drainPermits();
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public synchronized void stop() {
        if (!running) {
            return;
        }
        running = false;
        hints.release();
        try {
            AutoCloseable listening = notifications;
            if (listening != null) {
                listening.close();
            }
            Thread following = thread;
            if (following != null) {
                following.join(STOP_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            log.atWarn().setCause(failure).log("notifications cannot be ended");
        }
        // All jobs are let go at the same time; then the service is no longer announced, which wakes the director.
        handle.close();
        follower.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
