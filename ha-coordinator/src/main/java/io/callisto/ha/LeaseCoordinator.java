package io.callisto.ha;

import io.callisto.domain.IdGenerator;
import io.callisto.domain.Ticker;
import io.callisto.ha.NodeStore.Node;
import io.callisto.ha.NotificationRunner.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The coordinator of a JVM. This class puts the parts together and starts and stops their threads; what they do is in
 * {@link LeaseRunner} (the lease connection), {@link RoleRunner} (duties), {@link DeadlineRunner} (self-fencing),
 * {@link NotificationRunner} and {@link ZooKeeperMembership} (hints). Thread-safe.
 */
public final class LeaseCoordinator implements Coordinator {
    private static final Logger log = LoggerFactory.getLogger(LeaseCoordinator.class);
    private static final String LEASES = "callisto_lease";
    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    private final CoordinatorSettings settings;
    private final Ticker ticker;
    private final NodeId node;
    private final ConcurrentMap<Scope, Seat> seats = new ConcurrentHashMap<>();
    private final Announcement announcement = new Announcement();
    private final LeaseStatistics statistics = new LeaseStatistics();
    private final DirectoryCache directory;
    private final SeatKeeper keeper;
    private final LeaseRunner leaseRunner;
    private final DeadlineRunner deadlines;
    private final NotificationRunner notifications;
    private final BlockerRunner blockers;
    private final Membership membership;
    private final List<RegisteredService> services = new CopyOnWriteArrayList<>();
    private final List<Runnable> ownershipListeners = new CopyOnWriteArrayList<>();
    private final List<Thread> threads;
    private boolean closed;

    private LeaseCoordinator(CoordinatorSettings settings, Ticker ticker, NodeId node) {
        this.settings = settings;
        this.ticker = ticker;
        this.node = node;
        PostgresConnections connections = new PostgresConnections(settings.database(), settings.timing(), node);
        blockers = new BlockerRunner(connections);
        notifications = new NotificationRunner(connections, ticker);
        directory = new DirectoryCache(ticker, this::askLeaseThread);
        keeper = new SeatKeeper(
                seats,
                new Candidate(node, settings.server()),
                settings.timing(),
                settings.sweep(),
                ticker,
                statistics,
                this::ownershipChanged);
        leaseRunner = new LeaseRunner(
                new PostgresLeaseDatabase(connections, blockers),
                new Node(node, settings.server(), settings.process(), settings.pid()),
                keeper,
                directory,
                announcement,
                ticker,
                statistics);
        deadlines = new DeadlineRunner(seats.values(), leaseRunner::wake, statistics);
        membership = settings.zooKeeper().isBlank() ? Membership.NONE : new ZooKeeperMembership(settings, node);
        threads = List.of(
                thread(leaseRunner, "callisto-lease", Thread.MAX_PRIORITY),
                thread(deadlines, "callisto-deadline", Thread.MAX_PRIORITY),
                thread(notifications, "callisto-listen", Thread.NORM_PRIORITY),
                thread(blockers, "callisto-unblock", Thread.NORM_PRIORITY));
    }

    /**
     * Starts a coordinator. Never waits: where the database or ZooKeeper are away it goes on trying and says so.
     *
     * @param ids makes the incarnation's id
     */
    public static LeaseCoordinator start(CoordinatorSettings settings, Ticker ticker, IdGenerator ids) {
        LeaseCoordinator coordinator = new LeaseCoordinator(settings, ticker, new NodeId(ids.next()));
        coordinator.startThreads();
        return coordinator;
    }

    private void startThreads() {
        log.atInfo()
                .addKeyValue("server", settings.server())
                .addKeyValue("process", settings.process())
                .addKeyValue("node", node)
                .addKeyValue("database", settings.database().shown())
                .addKeyValue("timing", settings.timing().name())
                .log("coordinator starts");
        subscribe(LEASES, this::leaseFreed);
        threads.forEach(Thread::start);
        membership.start(() -> leaseRunner.submit(keeper::lookSoon));
    }

    @Override
    public synchronized ServiceHandle register(String service) {
        if (closed) {
            throw new IllegalStateException("the coordinator is closed");
        }
        if (!announcement.add(service)) {
            throw new IllegalStateException(service + " is announced already by this JVM");
        }
        RegisteredService handle = new RegisteredService(service, this, announcement);
        services.add(handle);
        leaseRunner.wake();
        return handle;
    }

    @Override
    public ServiceDirectory directory() {
        return directory;
    }

    @Override
    public Ticker ticker() {
        return ticker;
    }

    @Override
    public NodeId node() {
        return node;
    }

    @Override
    public String server() {
        return settings.server();
    }

    /** The leases under which this JVM may act now. */
    public List<Lease> held() {
        List<Lease> held = new ArrayList<>();
        seats.values().forEach(seat -> seat.lease().ifPresent(held::add));
        return held;
    }

    /** How long ago a lease was last confirmed. */
    Duration age(Lease lease) {
        long confirmedNanos = lease.deadlineNanos() - settings.timing().deadlineNanos(0);
        return Duration.ofNanos(ticker.nanos() - confirmedNanos);
    }

    /** Calls it now, and on the lease thread whenever a scope is gained or lost; it must be quick. */
    void onOwnershipChange(Runnable listener) {
        ownershipListeners.add(listener);
        listener.run();
    }

    private void ownershipChanged() {
        ownershipListeners.forEach(Runnable::run);
    }

    LeaseStatistics statistics() {
        return statistics;
    }

    /** Whether the database answered when last asked. */
    public boolean connected() {
        return leaseRunner.connected();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        // It may sleep for a moment: let that pass while roles are handed over.
        notifications.close();
        leaseRunner.submitErrand(session -> session.nodes().drain(node));
        services.forEach(RegisteredService::startClosing);
        services.forEach(RegisteredService::close);
        retire();
        membership.close();
        blockers.close();
        deadlines.close();
        leaseRunner.stop();
        threads.forEach(LeaseCoordinator::join);
        log.atInfo().addKeyValue("node", node).log("coordinator stopped");
    }

    Seat seat(Scope scope, Duration idle, RoleDutyFactory duties) {
        Seat seat = new Seat(scope, idle, duties, settings.handOver(), leaseRunner::wake, ticker.nanos());
        if (seats.putIfAbsent(scope, seat) != null) {
            throw new IllegalStateException("this JVM stands for " + scope + " already");
        }
        leaseRunner.wake();
        return seat;
    }

    Subscription subscribe(String channel, Consumer<String> listener) {
        return notifications.add(channel, listener);
    }

    void wakeLeaseThread() {
        leaseRunner.wake();
    }

    void forget(RegisteredService service) {
        services.remove(service);
        leaseRunner.wake();
    }

    private void leaseFreed(String scope) {
        directory.outdated();
        leaseRunner.submit(() -> {
            if (scope.isEmpty()) {
                keeper.lookSoon();
            } else {
                keeper.lookSoon(scope);
            }
        });
    }

    private boolean askLeaseThread() {
        leaseRunner.wake();
        return leaseRunner.connected() && !leaseRunner.isCurrentThread();
    }

    private void retire() {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        leaseRunner.submitErrand(session -> {
            session.nodes().retire(node);
            done.complete(true);
        });
        try {
            done.get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.atWarn()
                    .addKeyValue("database", settings.database().shown())
                    .log("could not say goodbye to the database: leases run out by themselves");
        }
    }

    private static void join(Thread thread) {
        try {
            thread.interrupt();
            thread.join(STOP_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Renewals come before work where CPU is short; nothing depends on it.
    @SuppressWarnings("ThreadPriorityCheck")
    private static Thread thread(Runnable work, String name, int priority) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setPriority(priority);
        return thread;
    }
}
