package io.callisto.events.standby;

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
 * Keeps the shards of a role ready that others own. A thread of its own: Kafka may be slow or away, and nobody waits
 * for this. Thread-safe.
 */
public final class StandByRunner implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StandByRunner.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(2);

    /** What is kept ready. Called by the thread that stands by. */
    @FunctionalInterface
    public interface Preparation {
        /** Prepares for a takeover of the shard that may come; whether all that it needs is there. */
        boolean standBy(int shard);

        /** The shard is owned here: it needs no stand-by. */
        default void owned(int shard) {}
    }

    private final String role;
    private final int shards;
    private final Duration refresh;
    private final Preparation preparation;
    private final Set<Integer> ready = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Thread thread;

    /**
     * @param role whose shards they are, for the thread's name and the log
     * @param refresh time between two looks while all shards are ready
     */
    public StandByRunner(String role, int shards, Duration refresh, Preparation preparation) {
        this.role = role;
        this.shards = shards;
        this.refresh = refresh;
        this.preparation = preparation;
    }

    /**
     * Starts; once.
     *
     * @param owned whether a shard is owned here
     */
    public void start(IntPredicate owned) {
        Thread made = new Thread(() -> run(owned), role + "-stand-by");
        made.setDaemon(true);
        thread = made;
        made.start();
    }

    /** Whether all that a takeover of the shard needs was there when it was last looked at. */
    public boolean ready(int shard) {
        return ready.contains(shard);
    }

    private void run(IntPredicate owned) {
        try {
            boolean all = look(owned);
            while (!closed.await((all ? refresh : RETRY).toMillis(), TimeUnit.MILLISECONDS)) {
                all = look(owned);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean look(IntPredicate owned) {
        boolean all = true;
        for (int shard = 0; shard < shards && closed.getCount() > 0; shard++) {
            if (owned.test(shard)) {
                preparation.owned(shard);
            } else {
                all &= look(shard);
            }
        }
        return all;
    }

    private boolean look(int shard) {
        boolean there = false;
        try {
            there = preparation.standBy(shard);
        } catch (RuntimeException e) { // what it needs of the database, which may be away
            log.atDebug()
                    .setCause(e)
                    .addKeyValue("role", role)
                    .addKeyValue("shard", shard)
                    .log("no stand-by now");
        }
        if (there && ready.add(shard)) {
            log.atInfo().addKeyValue("role", role).addKeyValue("shard", shard).log("stands by");
        } else if (!there && ready.remove(shard)) {
            log.atInfo().addKeyValue("role", role).addKeyValue("shard", shard).log("cannot stand by now");
        }
        return there;
    }

    /** No shard is looked at any more; does not wait. */
    public void stop() {
        closed.countDown();
    }

    @Override
    public void close() {
        stop();
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
