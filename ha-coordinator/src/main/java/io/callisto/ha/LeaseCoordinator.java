package io.callisto.ha;

import io.callisto.domain.IdGenerator;
import io.callisto.domain.Ticker;
import io.callisto.ha.CoordinatorSettings.Patience;
import io.callisto.ha.LeaseStatistics.Event;
import io.callisto.ha.NodeStore.Node;
import io.callisto.ha.NotificationRunner.Subscription;
import io.callisto.ha.Seat.Standing;
import java.time.Clock;
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
 * {@link NotificationRunner}, {@link PeerRunner} and {@link ZooKeeperMembership} (hints). Thread-safe.
 */
public final class LeaseCoordinator implements Coordinator {
    private static final Logger log = LoggerFactory.getLogger(LeaseCoordinator.class);
    private static final String LEASES = "callisto_lease";
    private static final String NODES = "callisto_node";
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
    private final PeerRunner peers;
    private final NodeAttendant attendant;
    private final TakeoverCourse course;
    private final List<RegisteredService> services = new CopyOnWriteArrayList<>();
    private final List<Runnable> ownershipListeners = new CopyOnWriteArrayList<>();
    private final List<Thread> threads;
    private boolean closed;

    private LeaseCoordinator(CoordinatorSettings settings, Ticker ticker, Clock clock, NodeId node) {
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
        Node row = new Node(node, settings.server(), settings.process(), settings.pid());
        leaseRunner = new LeaseRunner(
                new PostgresLeaseDatabase(connections, blockers, statistics),
                row,
                keeper,
                directory,
                announcement,
                ticker,
                statistics);
        Patience patience = settings.patience();
        attendant = new NodeAttendant(row, SchemaVersion.ofProgram(), keeper, clock, patience.clockSkew(), ticker);
        leaseRunner.attend(attendant);
        if (patience.failBack()) {
            leaseRunner.attend(new FailBackWatch(seats.values(), settings.server(), patience.failBackAfter(), ticker));
        }
        course = new TakeoverCourse(ticker, leaseRunner::submitErrand);
        deadlines = new DeadlineRunner(seats.values(), leaseRunner::wake, statistics, ticker);
        membership = settings.zooKeeper().isBlank()
                ? Membership.NONE
                : new ZooKeeperMembership(settings, node, attendant.cluster());
        peers = new PeerRunner(
                settings.peers(),
                node,
                settings.timing().peerHeartbeat(),
                directory,
                announcement::services,
                new Watcher(),
                ticker);
        threads = List.of(
                thread(leaseRunner, "callisto-lease", Thread.MAX_PRIORITY),
                thread(deadlines, "callisto-deadline", Thread.MAX_PRIORITY),
                thread(notifications, "callisto-listen", Thread.NORM_PRIORITY),
                thread(blockers, "callisto-unblock", Thread.NORM_PRIORITY),
                thread(peers, "callisto-peers", Thread.NORM_PRIORITY));
    }

    /** What the peer links tell: only hints, and what the database then agrees to. */
    private final class Watcher implements PeerRunner.Watcher {
        @Override
        public void listening(String address) {
            announcement.publishOwn(PeerRunner.ENDPOINT, address);
            leaseRunner.wake();
        }

        @Override
        public void suspect(NodeId peer) {
            directory.outdated();
            leaseRunner.submit(keeper::lookSoon);
        }

        @Override
        public void gone(NodeId peer, Runnable asked) {
            leaseRunner.submitErrand(session -> {
                try {
                    session.presence().ifPresent(presence -> certify(presence, peer));
                } finally {
                    asked.run();
                }
            });
        }

        private void certify(PresenceStore presence, NodeId peer) {
            if (presence.certifyIfGone(peer, "peer " + settings.server() + "/" + settings.process())) {
                statistics.count(Event.CERTIFIED);
                log.atInfo().addKeyValue("peer", peer).log("a peer has ended without a word: certified dead");
                directory.outdated();
            }
        }
    }

    /**
     * Starts a coordinator. Never waits: where the database or ZooKeeper are away it goes on trying and says so.
     *
     * @param clock only watched: nothing here is decided by it
     * @param ids makes the incarnation's id
     */
    public static LeaseCoordinator start(CoordinatorSettings settings, Ticker ticker, Clock clock, IdGenerator ids) {
        LeaseCoordinator coordinator = new LeaseCoordinator(settings, ticker, clock, new NodeId(ids.next()));
        coordinator.startThreads();
        return coordinator;
    }

    /** As {@link #start(CoordinatorSettings, Ticker, Clock, IdGenerator)}, watching the system's clock. */
    public static LeaseCoordinator start(CoordinatorSettings settings, Ticker ticker, IdGenerator ids) {
        return start(settings, ticker, Clock.systemUTC(), ids);
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
        subscribe(NODES, server -> nodesChanged());
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

    /** Hears completed takeovers, on the roles' threads. */
    void onTakeover(Consumer<TakeoverCourse.Completed> listener) {
        course.listen(listener);
    }

    /** How hints stand. */
    public HintState hints() {
        return membership.state();
    }

    /** With how many peers there is a link. */
    public int linkedPeers() {
        return peers.up();
    }

    /** How far this server's clock is from the database's. */
    public ClockSkew clockSkew() {
        return attendant.skew();
    }

    /** Why this process may own nothing; empty where it may. */
    public String barredBecause() {
        return attendant.barredBecause();
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
        peers.close();
        blockers.close();
        deadlines.close();
        leaseRunner.stop();
        threads.forEach(LeaseCoordinator::join);
        log.atInfo().addKeyValue("node", node).log("coordinator stopped");
    }

    Seat seat(String service, FailBack failBack, Scope scope, Duration idle, RoleDutyFactory duties) {
        Standing standing = new Standing(service, failBack, settings.patience().stuckAfter(), course);
        Seat seat = new Seat(
                scope, standing, idle, duties, settings.handOver(), RoleRunner::new, leaseRunner::wake, ticker.nanos());
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

    private void nodesChanged() {
        directory.outdated();
        directory.wish();
        peers.wake();
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
