package io.callisto.cache.client;

import io.callisto.domain.Ticker;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteState;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps the node running: starts it on a thread of its own, and again when it could not start or has stopped by itself,
 * as a
 * segmented node does, and when it must join another ring. It has no persistence: a new incarnation starts empty and
 * gets its data from the ring.
 */
final class IgniteNodeRunner implements IgniteNode, SmartLifecycle, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(IgniteNodeRunner.class);
    private static final long LOOK_MILLIS = 250;
    private static final long FIRST_RETRY_MILLIS = 1_000;
    private static final long LONGEST_RETRY_MILLIS = 15_000;
    private static final long STOP_MILLIS = 5_000;

    private final Function<Optional<String>, IgniteConfiguration> settings;
    private final Ticker ticker;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicReference<@Nullable String> joinAt = new AtomicReference<>();
    private volatile @Nullable Ignite ignite;
    private volatile @Nullable Thread thread;

    /**
     * @param settings of the next incarnation: an Ignite configuration serves one start only; given the address of the
     *     one node to join, where it is not to join just any
     */
    IgniteNodeRunner(Function<Optional<String>, IgniteConfiguration> settings, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
    }

    @Override
    public Optional<Ignite> ready() {
        Ignite node = ignite;
        return node != null && started(node.name()) ? Optional.of(node) : Optional.empty();
    }

    @Override
    public void rejoin(String address) {
        joinAt.set(address);
    }

    @Override
    public void start() {
        if (thread == null) {
            Thread own = new Thread(this::run, "ignite-node");
            own.setDaemon(true);
            thread = own;
            own.start();
        }
    }

    /** Before the services, whose phase is the default; and after them when stopping. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public void stop() {
        close();
    }

    /** Bounded: a node that does not stop in time is left to the end of the JVM. */
    @Override
    public synchronized void close() {
        Thread own = thread;
        if (own == null) {
            return;
        }
        closing.countDown();
        if (ignite == null) {
            // It may wait for its peers; a running node must not be interrupted, it stops in order.
            own.interrupt();
        }
        try {
            own.join(STOP_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (own.isAlive()) {
            log.atWarn().log("cache node does not stop in time");
        }
        thread = null;
    }

    private void run() {
        long retryMillis = FIRST_RETRY_MILLIS;
        while (!isClosing(0)) {
            String name = "";
            long from = ticker.nanos();
            try {
                IgniteConfiguration next = settings.apply(Optional.ofNullable(joinAt.getAndSet(null)));
                name = String.valueOf(next.getIgniteInstanceName());
                ignite = Ignition.start(next);
                log.atInfo()
                        .addKeyValue("node", name)
                        .addKeyValue("client", next.isClientMode())
                        .addKeyValue("millis", TimeUnit.NANOSECONDS.toMillis(ticker.nanos() - from))
                        .log("cache node started");
                retryMillis = FIRST_RETRY_MILLIS;
                watch(name);
            } catch (Exception cannotStart) {
                if (!isClosing(0)) {
                    log.atWarn()
                            .addKeyValue("node", name)
                            .addKeyValue("retryMillis", retryMillis)
                            .setCause(cannotStart)
                            .log("cache node cannot start: going on without, trying again");
                }
            } finally {
                ignite = null;
                if (started(name)) {
                    Ignition.stop(name, true);
                }
            }
            if (isClosing(retryMillis)) {
                return;
            }
            retryMillis = Math.min(retryMillis * 2, LONGEST_RETRY_MILLIS);
        }
    }

    /** Until the node stops, must join another ring, or we are closed. */
    private void watch(String name) {
        while (!isClosing(LOOK_MILLIS)) {
            if (!started(name)) {
                log.atWarn().addKeyValue("node", name).log("cache node has stopped by itself: starting it again");
                return;
            }
            String address = joinAt.get();
            if (address != null) {
                log.atWarn()
                        .addKeyValue("node", name)
                        .addKeyValue("address", address)
                        .log("cache node leaves its ring to join another");
                return;
            }
        }
    }

    private static boolean started(@Nullable String name) {
        return Ignition.state(name) == IgniteState.STARTED;
    }

    private boolean isClosing(long waitMillis) {
        try {
            return closing.await(waitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            // Only close() interrupts, and it has counted down before.
            return true;
        }
    }
}
