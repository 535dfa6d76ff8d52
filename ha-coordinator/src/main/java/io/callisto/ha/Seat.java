package io.callisto.ha;

import io.callisto.domain.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One scope that this JVM stands for. The public methods may be called by any thread; all others, and every change of
 * who holds what, belong to the lease thread, except {@link #expire}.
 */
final class Seat implements Candidacy {
    private static final Logger log = LoggerFactory.getLogger(Seat.class);

    /** How long an interrupted duty may take to notice. */
    private static final Duration ABORT_LIMIT = Duration.ofSeconds(1);

    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(50);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(5);
    private static final Duration STEADY = Duration.ofSeconds(10);

    /** How long a candidate that has handed over, or whose duty was stuck, lets others go first. */
    private static final Duration HOLD_BACK = Duration.ofSeconds(1);

    /**
     * How a scope is stood for.
     *
     * @param service that stands for it; empty where that is not told, then nobody is let go first
     * @param stuckAfter how long one piece of work may take before the role is given to another
     * @param listener hears how each tenure gets to work
     */
    record Standing(String service, FailBack failBack, Duration stuckAfter, TakeoverListener listener) {
        static final Standing PLAIN = new Standing("", FailBack.NEVER, Duration.ofDays(1), TakeoverListener.NONE);
    }

    /**
     * A tenure and its duty at work.
     *
     * @param sinceNanos when it was claimed
     */
    private record Holding(Tenure tenure, RoleWork role, long sinceNanos) {}

    /**
     * A tenure that is over and whose duty is closed.
     *
     * @param reason why it ended
     */
    record Ended(Scope scope, long epoch, String reason) {}

    private final Scope scope;
    private final Duration idle;
    private final RoleDutyFactory duties;
    private final Duration handOver;
    private final RoleWork.Factory works;
    private final Runnable wakeLeaseThread;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final Standing standing;
    private volatile boolean closing;
    private volatile boolean yielding;
    private volatile @Nullable Holding holding;

    private long nextLookNanos;
    private long notBeforeNanos;
    private boolean sawFree;
    private long sawFreeNanos;
    private long freeMillis;
    private long blockedSinceNanos;
    private boolean blocked;
    private boolean ending;
    private boolean aborted;
    private long endingSinceNanos;
    private Duration backOff = FIRST_BACK_OFF;

    Seat(
            Scope scope,
            Duration idle,
            RoleDutyFactory duties,
            Duration handOver,
            RoleWork.Factory works,
            Runnable wakeLeaseThread,
            long nowNanos) {
        this(scope, Standing.PLAIN, idle, duties, handOver, works, wakeLeaseThread, nowNanos);
    }

    Seat(
            Scope scope,
            Standing standing,
            Duration idle,
            RoleDutyFactory duties,
            Duration handOver,
            RoleWork.Factory works,
            Runnable wakeLeaseThread,
            long nowNanos) {
        this.scope = scope;
        this.standing = standing;
        this.idle = idle;
        this.duties = duties;
        this.handOver = handOver;
        this.works = works;
        this.wakeLeaseThread = wakeLeaseThread;
        this.nextLookNanos = nowNanos;
        this.notBeforeNanos = nowNanos;
    }

    Standing standing() {
        return standing;
    }

    @Override
    public Scope scope() {
        return scope;
    }

    @Override
    public Optional<Lease> lease() {
        Holding now = holding;
        return now == null ? Optional.empty() : now.tenure().lease();
    }

    @Override
    public void wakeUp() {
        Holding now = holding;
        if (now != null) {
            now.role().wakeUp();
        }
    }

    @Override
    public void handOver() {
        Holding now = holding;
        if (now == null) {
            return;
        }
        yielding = true;
        now.role().finish();
        wakeLeaseThread.run();
    }

    @Override
    public void close() {
        startClosing();
        if (!servedByCurrentThread()) {
            awaitClosed();
        }
    }

    /** A duty that gives up its own scope cannot wait: its piece of work must end first. */
    boolean servedByCurrentThread() {
        Holding now = holding;
        return now != null && now.role().isCurrentThread();
    }

    /** First half of {@link #close}: for closing several at once. */
    void startClosing() {
        closing = true;
        Holding now = holding;
        if (now != null) {
            // Not left to the lease thread, which may be waiting for the database.
            now.role().finish();
        }
        wakeLeaseThread.run();
    }

    /** Second half of {@link #close}. */
    void awaitClosed() {
        try {
            closed.get(handOver.plus(ABORT_LIMIT).plus(ABORT_LIMIT).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.atWarn().addKeyValue("scope", scope).log("hand-over took too long; the lease will run out by itself");
        }
    }

    /** Ends the tenure where its deadline has passed, whatever its duty and the lease thread are doing. Thread-safe. */
    boolean expire() {
        Holding now = holding;
        if (now == null || !now.tenure().expire()) {
            return false;
        }
        now.role().abort();
        return true;
    }

    /** The tenure that renewals are for. */
    @Nullable
    Tenure renewable() {
        Holding now = holding;
        return now == null || now.tenure().over() ? null : now.tenure();
    }

    boolean candidate() {
        return holding == null && !closing;
    }

    /** Whether it may look now; false while it lets others go first. */
    boolean mayLook(long nowNanos) {
        return nowNanos - notBeforeNanos >= 0;
    }

    long nextLookNanos() {
        return nextLookNanos;
    }

    void lookAt(long nanos) {
        nextLookNanos = nanos - notBeforeNanos < 0 ? notBeforeNanos : nanos;
    }

    /**
     * Nobody holds the scope.
     *
     * @param millis for how long already
     * @return when this was first seen
     */
    long seenFree(long millis, long nowNanos) {
        if (!sawFree) {
            sawFree = true;
            sawFreeNanos = nowNanos;
            freeMillis = millis;
        }
        return sawFreeNanos;
    }

    void seenHeld() {
        sawFree = false;
    }

    /** For how long the scope has been held here; empty where it is not, or is about to be given up. */
    Optional<Duration> heldFor(long nowNanos) {
        Holding now = holding;
        return now == null || closing || yielding || now.tenure().over()
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(nowNanos - now.sinceNanos()));
    }

    /** Another owner's transaction is in the way. */
    void blockedAt(long nowNanos) {
        if (!blocked) {
            blocked = true;
            blockedSinceNanos = nowNanos;
        }
    }

    long blockedMillis(long nowNanos) {
        return blocked ? TimeUnit.NANOSECONDS.toMillis(nowNanos - blockedSinceNanos) : 0;
    }

    boolean blocked() {
        return blocked;
    }

    void notBlocked() {
        blocked = false;
    }

    /** The scope is ours: sets the duty to work. */
    void claimed(Lease lease, ClaimReason reason, Ticker ticker) {
        long now = ticker.nanos();
        Takeover takeover = new Takeover(scope, lease.epoch(), reason, freeMillis, sawFree ? sawFreeNanos : now, now);
        Tenure tenure = new Tenure(lease, ticker, takeover, standing.listener());
        sawFree = false;
        yielding = false;
        RoleWork role = works.create(tenure, idle, duties, wakeLeaseThread);
        ending = false;
        aborted = false;
        holding = new Holding(tenure, role, ticker.nanos());
        role.start();
    }

    /** Moves a tenure that is over, or to be handed over, towards its end; answers once it is there. */
    Optional<Ended> advance(long nowNanos) {
        Holding now = holding;
        if (now == null) {
            return Optional.empty();
        }
        Tenure tenure = now.tenure();
        RoleWork role = now.role();
        boolean leaving = closing || yielding;
        if (leaving && !ending) {
            ending = true;
            endingSinceNanos = nowNanos;
            role.finish();
        }
        if (leaving && nowNanos - endingSinceNanos > handOver.toNanos() && tenure.end("hand-over limit reached")) {
            log.atWarn()
                    .addKeyValue("scope", scope)
                    .addKeyValue("limit", handOver)
                    .log("duty is slow to hand over");
        }
        if (tenure.stuckFor(standing.stuckAfter()) && tenure.end("its duty is stuck in one piece of work")) {
            yielding = true;
            log.atError()
                    .addKeyValue("scope", scope)
                    .addKeyValue("epoch", tenure.epoch())
                    .addKeyValue("limit", standing.stuckAfter())
                    .log("duty is stuck: it is interrupted and another candidate may have the role");
        }
        if (tenure.over() && !aborted) {
            aborted = true;
            ending = true;
            endingSinceNanos = nowNanos;
            role.abort();
        }
        boolean stuck = aborted && nowNanos - endingSinceNanos > ABORT_LIMIT.toNanos();
        if (!role.ended() && !stuck) {
            return Optional.empty();
        }
        if (!role.ended()) {
            log.atError()
                    .addKeyValue("scope", scope)
                    .addKeyValue("epoch", tenure.epoch())
                    .log("duty does not react to an interrupt; its epoch is fenced, the role goes on without it");
        }
        tenure.end(closing || yielding ? "handed over" : "its thread ended");
        holding = null;
        restAfter(now, nowNanos);
        if (yielding) {
            yielding = false;
            notBeforeNanos = nowNanos + HOLD_BACK.toNanos();
            lookAt(notBeforeNanos);
        }
        return Optional.of(new Ended(scope, tenure.epoch(), tenure.reason()));
    }

    /** Whether something must be done soon although no lease is due. */
    boolean ending() {
        Holding now = holding;
        return now != null && (closing || yielding || now.tenure().over());
    }

    boolean closable() {
        return closing && holding == null;
    }

    void closed() {
        closed.complete(null);
    }

    private void restAfter(Holding last, long nowNanos) {
        if (nowNanos - last.sinceNanos() > STEADY.toNanos()) {
            backOff = FIRST_BACK_OFF;
        }
        nextLookNanos = nowNanos + backOff.toNanos();
        Duration twice = backOff.multipliedBy(2);
        backOff = twice.compareTo(LONGEST_BACK_OFF) < 0 ? twice : LONGEST_BACK_OFF;
    }
}
