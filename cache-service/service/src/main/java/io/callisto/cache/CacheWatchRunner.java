package io.callisto.cache;

import io.callisto.cache.client.CacheGeneration;
import io.callisto.cache.client.IgniteNode;
import io.callisto.ha.Coordinator;
import io.callisto.ha.Scope;
import io.callisto.ha.ServiceDirectory.Endpoint;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Compares, on every node, the generation of its copy with the database's, keeps the outcome for metrics and
 * health, and sends the node to the owner's ring where it is in another.
 */
final class CacheWatchRunner implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(CacheWatchRunner.class);
    private static final long STOP_MILLIS = 1_000;

    private final IgniteNode node;
    private final CacheGeneration generation;
    private final JdbcGenerationStore store;
    private final Coordinator coordinator;
    private final RingGuard guard;
    private final Duration interval;
    private final ScheduledExecutorService timer;
    private final AtomicLong rejoins = new AtomicLong();
    private volatile CacheState state = CacheState.AWAY;
    private volatile @Nullable ScheduledFuture<?> looking;

    CacheWatchRunner(
            IgniteNode node,
            CacheGeneration generation,
            JdbcGenerationStore store,
            Coordinator coordinator,
            RingGuard guard,
            Duration interval) {
        this.node = node;
        this.generation = generation;
        this.store = store;
        this.coordinator = coordinator;
        this.guard = guard;
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

    /** How often the node was sent to another ring. */
    long rejoins() {
        return rejoins.get();
    }

    /** Looks once. Without the database no lease can be proved, so nothing is current: this may be a part cut off. */
    void look() {
        try {
            boolean ready = node.ready().isPresent();
            OptionalLong inDatabase = store.generation();
            Set<String> ring = node.ring();
            Optional<Endpoint> owner = coordinator.directory().ownerOf(Scope.cache(), CacheServiceRunner.SERVICE);
            boolean apart = guard.apart(ring, owner.map(Endpoint::server));
            CacheState now = CacheState.of(ready, apart, generation.read(), inDatabase);
            change(now);
            if (owner.isPresent() && guard.mustLeave(apart, coordinator.ticker().nanos())) {
                leave(ring, owner.get());
            }
        } catch (RuntimeException cannotTell) {
            guard.unknown();
            if (state == CacheState.CURRENT) {
                change(CacheState.STALE);
            }
            log.atDebug().setCause(cannotTell).log("cannot tell the state of the cache");
        }
    }

    private void change(CacheState now) {
        if (now != state) {
            log.atInfo().addKeyValue("from", state).addKeyValue("to", now).log("cache state changed");
            state = now;
        }
    }

    /** Where the owner cannot be reached, another ring would be as small as this one. */
    private void leave(Set<String> ring, Endpoint owner) {
        if (Reach.accepts(owner.address())) {
            guard.left(coordinator.ticker().nanos());
            rejoins.incrementAndGet();
            log.atWarn()
                    .addKeyValue("ring", ring)
                    .addKeyValue("owner", owner.server())
                    .addKeyValue("address", owner.address())
                    .log("cache split: leaving for the owner's ring");
            node.rejoin(owner.address());
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

    /** After the service when stopping: its role must not wait for a look. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }

    @Override
    public boolean isRunning() {
        return looking != null;
    }
}
