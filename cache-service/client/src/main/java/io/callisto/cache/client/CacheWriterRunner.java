package io.callisto.cache.client;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.ignite.Ignite;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bounded queue and the one thread that empties it. Whoever submits never waits: work that finds the queue full or
 * the cache
 * away is dropped and counted.
 */
final class CacheWriterRunner implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CacheWriterRunner.class);
    private static final long POLL_MILLIS = 100;
    private static final long STOP_MILLIS = 1_000;

    private final IgniteNode node;
    private final int maxWaiting;
    private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;
    private boolean away;

    /**
     * @param contacts how many it is about; at least one
     * @param step run on the writer's thread
     * @param refused called where the step is not run or fails
     */
    record Work(int contacts, Consumer<Ignite> step, Consumer<String> refused) {}

    CacheWriterRunner(IgniteNode node, int maxWaiting) {
        this.node = node;
        this.maxWaiting = maxWaiting;
        this.thread = new Thread(this::run, "cache-writer");
        thread.setDaemon(true);
        thread.start();
    }

    void submit(Work work) {
        if (closed) {
            drop(work, "closed");
        } else if (waiting.addAndGet(work.contacts()) > maxWaiting) {
            waiting.addAndGet(-work.contacts());
            drop(work, "the queue to the cache is full");
        } else {
            queue.add(work);
        }
    }

    ContactQueueCache.Counters counters() {
        return new ContactQueueCache.Counters(written.get(), dropped.get(), failed.get(), waiting.get());
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (Work work = queue.poll(); work != null; work = queue.poll()) {
            drop(work, "closed");
        }
    }

    private void run() {
        while (!closed) {
            try {
                Work work = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (work != null) {
                    perform(work);
                }
            } catch (InterruptedException interrupted) {
                // Only close() interrupts this thread.
                return;
            }
        }
    }

    private void perform(Work work) {
        try {
            Ignite ignite = node.ready().orElse(null);
            if (ignite == null) {
                drop(work, "the cache is away");
                return;
            }
            work.step().accept(ignite);
            written.addAndGet(work.contacts());
            if (away) {
                away = false;
                log.atInfo().log("cache is written again");
            }
        } catch (Exception cannotWrite) {
            failed.addAndGet(work.contacts());
            work.refused().accept(String.valueOf(cannotWrite.getMessage()));
            if (!away) {
                away = true;
                log.atWarn().setCause(cannotWrite).log("cache cannot be written: going on without");
            }
        } finally {
            waiting.addAndGet(-work.contacts());
        }
    }

    private void drop(Work work, String why) {
        dropped.addAndGet(work.contacts());
        work.refused().accept(why);
    }
}
