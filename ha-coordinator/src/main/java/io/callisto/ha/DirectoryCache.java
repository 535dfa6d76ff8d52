package io.callisto.ha;

import io.callisto.domain.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * The database's answer to who owns what and where it listens, at most half a second old. The lease thread reads it
 * when somebody asks; who asks often never waits. While the database is away the last answer stays: a wrong owner
 * refuses by epoch. Thread-safe.
 */
public final class DirectoryCache implements ServiceDirectory {
    private static final Duration REFRESH_AFTER = Duration.ofMillis(250);
    private static final Duration MAX_AGE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /**
     * One endpoint of a node that is alive.
     *
     * @param running false while the node is on its way out: it keeps its roles but gets nothing new
     */
    public record Listening(String server, NodeId node, String name, String address, boolean running) {}

    /**
     * What was read.
     *
     * @param owners of the scopes that are held and not expired
     * @param listening endpoints
     * @param members incarnations that are alive
     */
    public record Snapshot(Map<Scope, UUID> owners, List<Listening> listening, List<Member> members) {
        public Snapshot {
            owners = Map.copyOf(owners);
            listening = List.copyOf(listening);
            members = List.copyOf(members);
        }

        public Snapshot(Map<Scope, UUID> owners, List<Listening> listening) {
            this(owners, listening, List.of());
        }
    }

    private final Ticker ticker;
    private final BooleanSupplier askLeaseThread;
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final Object change = new Object();
    private volatile Snapshot snapshot = new Snapshot(Map.of(), List.of());
    private volatile long readNanos;

    /**
     * @param askLeaseThread wakes it; false where waiting for an answer makes no sense now
     */
    DirectoryCache(Ticker ticker, BooleanSupplier askLeaseThread) {
        this.ticker = ticker;
        this.askLeaseThread = askLeaseThread;
        this.readNanos = ticker.nanos() - Duration.ofDays(1).toNanos();
    }

    @Override
    public Optional<Endpoint> ownerOf(Scope scope, String name) {
        Snapshot now = fresh();
        UUID owner = now.owners().get(scope);
        return now.listening().stream()
                .filter(at -> at.node().value().equals(owner) && at.name().equals(name))
                .map(DirectoryCache::endpoint)
                .findFirst();
    }

    @Override
    public List<Endpoint> all(String name) {
        return fresh().listening().stream()
                .filter(at -> at.running() && at.name().equals(name))
                .map(DirectoryCache::endpoint)
                .toList();
    }

    @Override
    public List<Member> members() {
        return fresh().members();
    }

    /** What was read last, without asking for more. */
    Snapshot last() {
        return snapshot;
    }

    /**
     * Asks for a reading without waiting for it.
     *
     * @return whether one is to be expected now
     */
    boolean wish() {
        wanted.set(true);
        return askLeaseThread.getAsBoolean();
    }

    /** Whether somebody waits for an answer; the lease thread then reads one. */
    boolean takeWish() {
        return wanted.getAndSet(false);
    }

    /** Whether {@link #takeWish} would say yes. */
    boolean wished() {
        return wanted.get();
    }

    /**
     * @param sentNanos when the reading began
     */
    void accept(Snapshot read, long sentNanos) {
        synchronized (change) {
            snapshot = read;
            readNanos = sentNanos;
            change.notifyAll();
        }
    }

    /** Something is known to have changed. */
    void outdated() {
        synchronized (change) {
            readNanos = ticker.nanos() - MAX_AGE.toNanos();
        }
    }

    private Snapshot fresh() {
        if (age() < REFRESH_AFTER.toNanos()) {
            return snapshot;
        }
        wanted.set(true);
        boolean worthWaiting = askLeaseThread.getAsBoolean();
        if (age() >= MAX_AGE.toNanos() && worthWaiting) {
            await();
        }
        return snapshot;
    }

    private void await() {
        long end = ticker.nanos() + PATIENCE.toNanos();
        synchronized (change) {
            try {
                long left = end - ticker.nanos();
                while (age() >= MAX_AGE.toNanos() && left > 0) {
                    TimeUnit.NANOSECONDS.timedWait(change, left);
                    left = end - ticker.nanos();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private long age() {
        return ticker.nanos() - readNanos;
    }

    private static Endpoint endpoint(Listening at) {
        return new Endpoint(at.server(), at.node(), at.address());
    }
}
