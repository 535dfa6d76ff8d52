package io.callisto.ha;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frees a fence row that a frozen owner holds inside an open transaction. Only a waiting backend has blockers, so this
 * asks on a connection of its own, opened when first needed and closed when idle, while the lease connection waits for
 * the lock.
 */
final class BlockerRunner implements Runnable, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BlockerRunner.class);
    private static final Duration EVERY = Duration.ofMillis(15);
    private static final Duration KEEP_OPEN = Duration.ofSeconds(5);

    /**
     * The backend whose blockers are to end, for this transaction of it only.
     *
     * @param transactionStart as the database prints it
     */
    record Waiter(int pid, String transactionStart) {}

    private final PostgresConnections connections;
    private final Semaphore armed = new Semaphore(0);
    private volatile @Nullable Waiter waiter;
    private volatile boolean stopped;

    BlockerRunner(PostgresConnections connections) {
        this.connections = connections;
    }

    /** From now on, end what blocks this. */
    void arm(Waiter next) {
        waiter = next;
        armed.release();
    }

    /** The claim is over, whatever became of it. */
    void disarm() {
        waiter = null;
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                armed.acquire();
                work();
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                log.atDebug().setCause(e).log("could not look for blockers of a claim; the next try will");
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
        armed.release();
    }

    private void work() throws Exception {
        try (JdbcBlockerStore store = new JdbcBlockerStore(connections.open("callisto-unblock"))) {
            do {
                armed.drainPermits();
                Waiter now = waiter;
                while (now != null && !stopped) {
                    int ended = store.endBlockersOf(now);
                    if (ended > 0) {
                        log.atWarn()
                                .addKeyValue("backends", ended)
                                .log("ended work of a former owner that held up a takeover");
                    }
                    TimeUnit.MILLISECONDS.sleep(EVERY.toMillis());
                    now = waiter;
                }
            } while (!stopped && armed.tryAcquire(KEEP_OPEN.toMillis(), TimeUnit.MILLISECONDS));
        }
    }
}
