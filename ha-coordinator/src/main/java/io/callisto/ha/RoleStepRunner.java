package io.callisto.ha;

import io.callisto.domain.InvariantBroken;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one tenure's duty does, a step at a time and without a thread: makes the duty, lets it take over, gives it work,
 * closes it. It stops by itself when the tenure is over, so a tenure never outlives its deadline here by more than one
 * piece of work, and that piece meets the fence. Used by one thread at a time, except {@link #finish}.
 */
final class RoleStepRunner {
    private static final Logger log = LoggerFactory.getLogger(RoleStepRunner.class);
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(5);

    /** What to do before the next step. */
    enum Then {
        /** Nothing. */
        GO_ON,
        /** Wait until woken, at most so long. */
        IDLE,
        /** Wait until told to finish, at most so long. */
        BACK_OFF,
        /** There is no next step: the duty is closed. */
        END
    }

    /**
     * How a step ended.
     *
     * @param pause zero unless waiting
     */
    record Next(Then then, Duration pause) {
        private static final Next GO_ON = new Next(Then.GO_ON, Duration.ZERO);
        private static final Next END = new Next(Then.END, Duration.ZERO);
    }

    private final Tenure tenure;
    private final Duration idle;
    private final RoleDutyFactory duties;
    private final Runnable wakeUp;
    private volatile boolean finishing;
    private @Nullable RoleDuty duty;
    private boolean firstWorkDone;
    private Duration backOff = FIRST_BACK_OFF;

    /**
     * @param wakeUp given to the duty
     */
    RoleStepRunner(Tenure tenure, Duration idle, RoleDutyFactory duties, Runnable wakeUp) {
        this.tenure = tenure;
        this.idle = idle;
        this.duties = duties;
        this.wakeUp = wakeUp;
    }

    /** No further piece of work begins: the next step closes the duty. Thread-safe. */
    void finish() {
        finishing = true;
    }

    /** Takes over, does a piece of work, or closes the duty. */
    Next step() {
        Optional<Lease> lease = finishing ? Optional.empty() : tenure.lease();
        if (lease.isEmpty()) {
            close();
            return Next.END;
        }
        try {
            return serve(lease.get());
        } catch (InvariantBroken e) {
            log.atError()
                    .setCause(e)
                    .addKeyValue("scope", tenure.scope())
                    .log("a bug: an invariant is broken; the role starts anew");
        } catch (Exception e) {
            failed(e);
        }
        close();
        if (finishing || tenure.lease().isEmpty()) {
            return Next.END;
        }
        Duration wait = backOff;
        Duration twice = wait.multipliedBy(2);
        backOff = twice.compareTo(LONGEST_BACK_OFF) < 0 ? twice : LONGEST_BACK_OFF;
        return new Next(Then.BACK_OFF, wait);
    }

    private Next serve(Lease lease) {
        RoleDuty now = duty;
        if (now == null) {
            RoleDuty made = duties.create(lease, wakeUp);
            duty = made;
            made.takeOver(lease);
            tenure.tookOver();
            return Next.GO_ON;
        }
        int done = work(now, lease);
        backOff = FIRST_BACK_OFF;
        if (!firstWorkDone && now.firstWorkDone(done)) {
            firstWorkDone = true;
            tenure.firstWorkDone(now.firstWork());
        }
        return done == 0 && !finishing ? new Next(Then.IDLE, idle) : Next.GO_ON;
    }

    private int work(RoleDuty now, Lease lease) {
        tenure.workBegins();
        try {
            return now.doWork(lease);
        } finally {
            tenure.workEnds();
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

    /** Closes the duty, if there is one. For whoever steps no further, too. */
    void close() {
        RoleDuty last = duty;
        duty = null;
        if (last == null) {
            return;
        }
        // An interrupt was meant for the work, not for the closing of sockets and producers.
        boolean interrupted = Thread.interrupted();
        try {
            last.close();
        } catch (Exception e) {
            log.atWarn()
                    .setCause(e)
                    .addKeyValue("scope", tenure.scope())
                    .addKeyValue("interrupted", interrupted)
                    .log("duty did not close cleanly");
        }
    }
}
