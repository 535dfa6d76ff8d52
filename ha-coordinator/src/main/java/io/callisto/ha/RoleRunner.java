package io.callisto.ha;

import io.callisto.ha.RoleStepRunner.Next;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of one tenure around its {@link RoleStepRunner}: waits where that says so. */
final class RoleRunner implements RoleWork, Runnable {
    private static final Logger log = LoggerFactory.getLogger(RoleRunner.class);

    private final Scope scope;
    private final RoleStepRunner work;
    private final Runnable onEnd;
    private final Thread thread;
    private final Semaphore wake = new Semaphore(0);
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile boolean ended;

    /**
     * @param onEnd called on this thread when the duty is closed
     */
    RoleRunner(Tenure tenure, Duration idle, RoleDutyFactory duties, Runnable onEnd) {
        this.scope = tenure.scope();
        this.work = new RoleStepRunner(tenure, idle, duties, this::wakeUp);
        this.onEnd = onEnd;
        this.thread = new Thread(this, "role-" + scope + "-" + Long.toHexString(tenure.epoch()));
        this.thread.setDaemon(true);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void wakeUp() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    @Override
    public void finish() {
        work.finish();
        stop.countDown();
        wakeUp();
    }

    @Override
    public void abort() {
        work.finish();
        stop.countDown();
        thread.interrupt();
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void run() {
        try {
            boolean more = true;
            while (more) {
                more = await(work.step());
            }
        } finally {
            // Also when an Error ends this thread: a lease without a thread would be renewed for nothing.
            work.close();
            ended = true;
            onEnd.run();
        }
    }

    private boolean await(Next next) {
        try {
            return switch (next.then()) {
                case GO_ON -> true;
                case IDLE -> {
                    if (wake.tryAcquire(next.pause().toMillis(), TimeUnit.MILLISECONDS)) {
                        wake.drainPermits();
                    }
                    yield true;
                }
                case BACK_OFF -> {
                    if (stop.await(next.pause().toMillis(), TimeUnit.MILLISECONDS)) {
                        log.atDebug().addKeyValue("scope", scope).log("back-off ended by hand-over");
                    }
                    yield true;
                }
                case END -> false;
            };
        } catch (InterruptedException e) {
            // Only abort() interrupts: the next step finds the tenure over and closes the duty.
            log.atDebug().addKeyValue("scope", scope).log("waiting interrupted");
            return true;
        }
    }
}
