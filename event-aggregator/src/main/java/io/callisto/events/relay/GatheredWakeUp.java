package io.callisto.events.relay;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Turns many notices into few wake-ups: the first notice starts a short wait, those during it count with it. A Kafka
 * transaction costs the same for one event as for hundreds. Thread-safe.
 */
final class GatheredWakeUp implements AutoCloseable {
    private final LongSupplier gatherNanos;
    private final Runnable wakeUp;
    private final AtomicBoolean pending = new AtomicBoolean();
    private final ScheduledExecutorService timer;

    /**
     * @param gatherNanos how long; asked at each first notice
     * @param wakeUp runs on a thread of its own
     */
    GatheredWakeUp(LongSupplier gatherNanos, Runnable wakeUp) {
        this.gatherNanos = gatherNanos;
        this.wakeUp = wakeUp;
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "outbox-wake-up");
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.timer = executor;
    }

    /** There is something new. */
    void notice() {
        if (pending.compareAndSet(false, true)) {
            try {
                Future<?> unused = timer.schedule(this::fire, gatherNanos.getAsLong(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                pending.set(false); // closed: nobody needs to be woken any more
            }
        }
    }

    private void fire() {
        pending.set(false);
        wakeUp.run();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
