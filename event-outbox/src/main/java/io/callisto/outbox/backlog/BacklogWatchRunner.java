package io.callisto.outbox.backlog;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the backlog while its process runs, on a thread of its own. Thread-safe. */
public final class BacklogWatchRunner implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BacklogWatchRunner.class);
    private static final long STOP_MILLIS = 2_000;

    private final BacklogWatch watch;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Backlog last = Backlog.EMPTY;
    private volatile @Nullable Thread thread;

    public BacklogWatchRunner(BacklogWatch watch) {
        this.watch = watch;
    }

    /** Starts; once. */
    public void start() {
        Thread made = new Thread(this::run, "outbox-backlog");
        made.setDaemon(true);
        thread = made;
        made.start();
    }

    /** As this process saw it last. */
    public Backlog last() {
        return last;
    }

    private void run() {
        try {
            do {
                look();
            } while (!closed.await(watch.limits().every().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            last = watch.look();
        } catch (RuntimeException e) { // the database may be away; then nothing is written either
            log.atDebug().setCause(e).log("the backlog of events cannot be measured now");
        }
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
            running.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
