package io.callisto.events.relay;

import io.callisto.outbox.relay.EventLog;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the log ready for the shards that others own. A thread of its own: Kafka may be slow or away, and nobody waits
 * for this. Thread-safe.
 */
final class StandByRunner implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StandByRunner.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** Well below the time after which connections that nobody uses are closed. */
    private static final Duration REFRESH = Duration.ofSeconds(15);

    private static final Duration STOP = Duration.ofSeconds(2);

    private final EventLog eventLog;
    private final int shards;
    private final Set<Integer> ready = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Thread thread;

    StandByRunner(EventLog eventLog, int shards) {
        this.eventLog = eventLog;
        this.shards = shards;
    }

    /**
     * Starts; once.
     *
     * @param owned whether a shard is owned here, which then needs no stand-by
     */
    void start(IntPredicate owned) {
        Thread made = new Thread(() -> run(owned), "outbox-stand-by");
        made.setDaemon(true);
        thread = made;
        made.start();
    }

    /** Whether the log was there, with all that a takeover of the shard needs, when it was last looked at. */
    boolean ready(int shard) {
        return ready.contains(shard);
    }

    private void run(IntPredicate owned) {
        try {
            boolean all = look(owned);
            while (!closed.await((all ? REFRESH : RETRY).toMillis(), TimeUnit.MILLISECONDS)) {
                all = look(owned);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean look(IntPredicate owned) {
        boolean all = true;
        for (int shard = 0; shard < shards && closed.getCount() > 0; shard++) {
            if (!owned.test(shard)) {
                all &= look(shard);
            }
        }
        return all;
    }

    private boolean look(int shard) {
        boolean there = false;
        try {
            there = eventLog.standBy(shard);
        } catch (RuntimeException e) { // the settings are in the database, which may be away
            log.atDebug().setCause(e).addKeyValue("shard", shard).log("no stand-by now");
        }
        if (there && ready.add(shard)) {
            log.atInfo().addKeyValue("shard", shard).log("outbox relay stands by");
        } else if (!there && ready.remove(shard)) {
            log.atInfo().addKeyValue("shard", shard).log("outbox relay cannot stand by now");
        }
        return there;
    }

    @Override
    public void close() {
        closed.countDown();
        Thread running = thread;
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            running.join(STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
