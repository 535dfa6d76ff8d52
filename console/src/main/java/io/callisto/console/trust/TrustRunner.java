package io.callisto.console.trust;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The thread that keeps this server's trust stores in line: when woken, and every now and then. */
public final class TrustRunner implements SmartLifecycle, Runnable {
    /** The database's channel that tells of a change. */
    public static final String CHANNEL = "callisto_trust";

    private static final Logger log = LoggerFactory.getLogger(TrustRunner.class);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final TrustFiles files;
    private final Duration sweep;
    private final Semaphore woken = new Semaphore(0);
    private volatile @Nullable Thread thread;

    TrustRunner(TrustFiles files, Duration sweep) {
        this.files = files;
        this.sweep = sweep;
    }

    /** Something may have changed. Thread-safe, returns at once. */
    public void wake() {
        woken.release();
    }

    @Override
    public void start() {
        if (files.any() && thread == null) {
            Thread made = new Thread(this, "trust");
            made.setDaemon(true);
            thread = made;
            made.start();
        }
    }

    @Override
    public void run() {
        boolean told = false;
        while (Thread.currentThread() == thread) {
            try {
                files.settle();
                told = false;
            } catch (Exception e) {
                // The database is away, or a file cannot be written: said once, tried again.
                (told ? log.atDebug() : log.atWarn())
                        .addKeyValue("reason", e.getMessage())
                        .log("trust stores cannot be brought in line now");
                told = true;
            }
            try {
                if (woken.tryAcquire(sweep.toMillis(), TimeUnit.MILLISECONDS)) {
                    woken.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
            try {
                running.join(STOP.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
