package io.callisto.ha;

import io.callisto.domain.InvariantBroken;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of one tenure: makes the duty, lets it take over, gives it work. It stops by itself when the tenure is
 * over, so a tenure never outlives its deadline here by more than one piece of work, and that piece meets the fence.
 */
final class RoleRunner implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(RoleRunner.class);
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(5);

    private final Tenure tenure;
    private final Duration idle;
    private final RoleDutyFactory duties;
    private final Runnable onEnd;
    private final Thread thread;
    private final Semaphore wake = new Semaphore(0);
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile boolean finishing;
    private volatile boolean ended;
    private Duration backOff = FIRST_BACK_OFF;

    /**
     * @param onEnd called on this thread when the duty is closed
     */
    RoleRunner(Tenure tenure, Duration idle, RoleDutyFactory duties, Runnable onEnd) {
        this.tenure = tenure;
        this.idle = idle;
        this.duties = duties;
        this.onEnd = onEnd;
        this.thread = new Thread(this, "role-" + tenure.scope() + "-" + Long.toHexString(tenure.epoch()));
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends the waiting, or saves the next one. */
    void wakeUp() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    /** Lets the running piece of work end, then closes the duty. */
    void finish() {
        finishing = true;
        stop.countDown();
        wakeUp();
    }

    /** Interrupts what is going on; the tenure must be over. */
    void abort() {
        finishing = true;
        stop.countDown();
        thread.interrupt();
    }

    /** The duty is closed, or was never there. */
    boolean ended() {
        return ended;
    }

    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void run() {
        try {
            while (mayAct()) {
                serve();
                if (mayAct()) {
                    pause(backOff);
                    Duration twice = backOff.multipliedBy(2);
                    backOff = twice.compareTo(LONGEST_BACK_OFF) < 0 ? twice : LONGEST_BACK_OFF;
                }
            }
        } finally {
            // Also when an Error ends this thread: a lease without a thread would be renewed for nothing.
            ended = true;
            onEnd.run();
        }
    }

    private void serve() {
        RoleDuty duty = null;
        try {
            Optional<Lease> lease = tenure.lease();
            if (lease.isEmpty()) {
                return;
            }
            duty = duties.create(lease.get(), this::wakeUp);
            duty.takeOver(lease.get());
            work(duty);
        } catch (InvariantBroken e) {
            log.atError()
                    .setCause(e)
                    .addKeyValue("scope", tenure.scope())
                    .log("a bug: an invariant is broken; the role starts anew");
        } catch (Exception e) {
            failed(e);
        } finally {
            close(duty);
        }
    }

    private void work(RoleDuty duty) throws InterruptedException {
        while (!finishing) {
            Optional<Lease> lease = tenure.lease();
            if (lease.isEmpty()) {
                return;
            }
            int done = duty.doWork(lease.get());
            backOff = FIRST_BACK_OFF;
            if (done == 0 && !finishing && wake.tryAcquire(idle.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        }
    }

    private void failed(Exception e) {
        Fenced fenced = fencedIn(e);
        if (fenced != null) {
            tenure.end("fenced: " + fenced.getMessage());
        } else if (tenure.over() || finishing) {
            log.atInfo()
                    .addKeyValue("scope", tenure.scope())
                    .addKeyValue("reason", e.toString())
                    .log("duty interrupted");
        } else {
            log.atWarn()
                    .setCause(e)
                    .addKeyValue("scope", tenure.scope())
                    .addKeyValue("again", backOff)
                    .log("duty failed; a new one starts while the lease is held");
        }
    }

    /** Libraries wrap what their callbacks throw. */
    private static @Nullable Fenced fencedIn(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof Fenced fenced) {
                return fenced;
            }
            cause = cause.getCause();
        }
        return null;
    }

    private void close(@Nullable RoleDuty duty) {
        if (duty == null) {
            return;
        }
        // An interrupt was meant for the work, not for the closing of sockets and producers.
        boolean interrupted = Thread.interrupted();
        try {
            duty.close();
        } catch (Exception e) {
            log.atWarn()
                    .setCause(e)
                    .addKeyValue("scope", tenure.scope())
                    .addKeyValue("interrupted", interrupted)
                    .log("duty did not close cleanly");
        }
    }

    private void pause(Duration time) {
        try {
            if (stop.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                log.atDebug().addKeyValue("scope", tenure.scope()).log("back-off ended by hand-over");
            }
        } catch (InterruptedException e) {
            log.atDebug().addKeyValue("scope", tenure.scope()).log("back-off interrupted");
        }
    }

    private boolean mayAct() {
        return !finishing && tenure.lease().isPresent();
    }
}
