package io.callisto.event.client;

import io.callisto.event.client.EventClientStatus.State;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What the client's thread is at, for others to see and to wait for. Thread-safe. */
final class ClientState {
    private final EventClientObserver observer;
    private final LongSupplier ticker;
    private State state = State.STARTING;
    private @Nullable String problem;
    private boolean lasting;
    private boolean begun;
    private @Nullable Throwable cause;
    private @Nullable String site;
    private int partitions;
    private Map<String, Long> lag = Map.of();

    ClientState(EventClientObserver observer, LongSupplier ticker) {
        this.observer = observer;
        this.ticker = ticker;
    }

    /** Returns whether that is new. */
    boolean set(State now, @Nullable String nowProblem, boolean stays) {
        synchronized (this) {
            if (ended() || (state == now && Objects.equals(problem, nowProblem))) {
                return false;
            }
            state = now;
            problem = nowProblem;
            lasting = stays;
            notifyAll();
        }
        observer.stateChanged(now, nowProblem);
        return true;
    }

    /** The end, for this reason. */
    void failed(String why, @Nullable Throwable reason) {
        synchronized (this) {
            cause = reason;
        }
        set(State.FAILED, why, true);
    }

    private boolean ended() {
        return state == State.FAILED || state == State.STOPPED;
    }

    synchronized void read(@Nullable String nowSite, int nowPartitions, Map<String, Long> nowLag) {
        site = nowSite;
        partitions = nowPartitions;
        lag = Map.copyOf(nowLag);
    }

    synchronized void begun() {
        if (!begun) {
            begun = true;
            notifyAll();
        }
    }

    synchronized State state() {
        return state;
    }

    synchronized @Nullable String problem() {
        return problem;
    }

    synchronized @Nullable String site() {
        return site;
    }

    synchronized int partitions() {
        return partitions;
    }

    synchronized Map<String, Long> lag() {
        return lag;
    }

    /** Waits for the end; returns whether it came in time. */
    synchronized boolean awaitEnd(Duration limit) throws InterruptedException {
        long end = ticker.getAsLong() + limit.toNanos();
        while (!ended()) {
            long left = end - ticker.getAsLong();
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000 + 1);
        }
        return true;
    }

    /**
     * Waits until the client reads.
     *
     * @throws EventClientException where it has ended, or has a problem that stays, or has one when the time is up
     */
    synchronized void awaitBegun(Duration limit) throws InterruptedException {
        long end = ticker.getAsLong() + limit.toNanos();
        while (!begun || (problem != null && lasting)) {
            long left = end - ticker.getAsLong();
            if (ended() || (problem != null && (lasting || left <= 0))) {
                throw new EventClientException(
                        Objects.requireNonNullElse(problem, "the client was closed while it started"), cause);
            }
            if (left <= 0) {
                return; // a member of a group whose other members have all partitions
            }
            wait(left / 1_000_000 + 1);
        }
    }

    /** Whether it reads no more. */
    synchronized boolean over() {
        return ended();
    }

    /** Why it has ended; null for {@code close}. */
    synchronized @Nullable Throwable cause() {
        return cause;
    }
}
