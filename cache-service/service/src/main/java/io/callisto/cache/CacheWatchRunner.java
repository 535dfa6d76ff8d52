package io.callisto.cache;

import io.callisto.cache.client.CacheGeneration;
import io.callisto.cache.client.IgniteNode;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Compares, on every node, the generation of its copy with the database's, and keeps the outcome for metrics and
 * health.
 */
final class CacheWatchRunner implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(CacheWatchRunner.class);
    private static final long STOP_MILLIS = 1_000;

    private final IgniteNode node;
    private final CacheGeneration generation;
    private final JdbcGenerationStore store;
    private final Duration interval;
    private final ScheduledExecutorService timer;
    private volatile CacheState state = CacheState.AWAY;
    private volatile @Nullable ScheduledFuture<?> looking;

    CacheWatchRunner(IgniteNode node, CacheGeneration generation, JdbcGenerationStore store, Duration interval) {
        this.node = node;
        this.generation = generation;
        this.store = store;
        this.interval = interval;
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "cache-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** As of the last look. */
    CacheState state() {
        return state;
    }

    /** Looks once. Without the database the last answer stands: it says nothing about the cache. */
    void look() {
        try {
            boolean ready = node.ready().isPresent();
            OptionalLong inDatabase = store.generation();
            CacheState now = CacheState.of(ready, generation.read(), inDatabase);
            if (now != state) {
                log.atInfo().addKeyValue("from", state).addKeyValue("to", now).log("cache state changed");
                state = now;
            }
        } catch (RuntimeException cannotTell) {
            log.atDebug().setCause(cannotTell).log("cannot tell the state of the cache");
        }
    }

    @Override
    public void start() {
        looking = timer.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        looking = null;
        timer.shutdownNow();
        try {
            timer.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return looking != null;
    }
}
