package io.callisto.ha;

import io.callisto.domain.Ticker;
import io.callisto.ha.LeaseStatistics.Event;
import io.callisto.ha.NodeStore.Node;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * The lease thread: the only one that uses the lease connection. It renews first, then does what else is due, in pieces
 * that are short against the time between renewals. A failed statement costs the connection and is tried again at once
 * on a new one.
 */
final class LeaseRunner implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(LeaseRunner.class);
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(1);
    private static final Duration COMPLAIN = Duration.ofSeconds(10);
    private static final Duration LONGEST_PARK = Duration.ofSeconds(1);
    private static final Pattern READ_ONLY = Pattern.compile("read-only|server type: primary");
    private static final Duration FORGET = Duration.ofHours(1);

    private final LeaseDatabase database;
    private final Node node;
    private final SeatKeeper keeper;
    private final DirectoryCache directory;
    private final Announcement announcement;
    private final Ticker ticker;
    private final LeaseStatistics statistics;
    private final Queue<Runnable> mailbox = new ConcurrentLinkedQueue<>();
    private final Queue<Consumer<LeaseSession>> errands = new ConcurrentLinkedQueue<>();
    private final List<LeaseAttendant> attendants = new CopyOnWriteArrayList<>();
    private volatile @Nullable Thread thread;
    private volatile boolean connected;
    private volatile boolean stopped;

    private @Nullable LeaseSession session;
    private Duration backOff = Duration.ZERO;
    private long nextConnectNanos;
    private long nextForgetNanos;
    private long awaySinceNanos;
    private long nextComplaintNanos;
    private boolean away;

    LeaseRunner(
            LeaseDatabase database,
            Node node,
            SeatKeeper keeper,
            DirectoryCache directory,
            Announcement announcement,
            Ticker ticker,
            LeaseStatistics statistics) {
        this.database = database;
        this.node = node;
        this.keeper = keeper;
        this.directory = directory;
        this.announcement = announcement;
        this.ticker = ticker;
        this.statistics = statistics;
        this.nextConnectNanos = ticker.nanos();
        this.nextForgetNanos = ticker.nanos();
        this.awaySinceNanos = ticker.nanos();
        this.nextComplaintNanos = ticker.nanos();
    }

    /** Adds something to do on the lease connection. Thread-safe. */
    void attend(LeaseAttendant attendant) {
        attendants.add(attendant);
    }

    /** Does it on this thread, soon. Thread-safe. */
    void submit(Runnable task) {
        mailbox.add(task);
        wake();
    }

    /**
     * Does it on this thread with a connection, as soon as there is one; dropped where the database fails. Thread-safe.
     */
    void submitErrand(Consumer<LeaseSession> errand) {
        errands.add(errand);
        wake();
    }

    /** Ends the waiting. Thread-safe. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** Whether the last thing heard of the database was good. Thread-safe. */
    boolean connected() {
        return connected;
    }

    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    /** Ends the thread after its current step. Thread-safe. */
    void stop() {
        stopped = true;
        wake();
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        try {
            while (!stopped) {
                step();
                park();
            }
        } finally {
            connected = false;
            closeSession();
            // Nobody may wait for a thread that has ended.
            keeper.advance();
            keeper.completeClosed(false);
        }
    }

    /** Everything that is due now. */
    void step() {
        for (Runnable task = mailbox.poll(); task != null; task = mailbox.poll()) {
            task.run();
        }
        keeper.advance();
        try {
            LeaseSession open = open();
            if (open != null) {
                work(open);
            }
        } catch (RuntimeException e) {
            failed(e);
        }
        keeper.completeClosed(connected);
    }

    private void work(LeaseSession open) {
        keeper.renewIfDue(open.leases());
        if (keeper.mayRevive()) {
            log.atWarn()
                    .addKeyValue("node", node.id())
                    .log("this node was declared dead while it lives; it starts anew");
            open.nodes().revive(node.id());
            keeper.revived();
        }
        keeper.release(open.leases());
        announcement.takeChange().ifPresent(now -> announce(open, now));
        keeper.lookIfDue(open.leases());
        for (Consumer<LeaseSession> errand = errands.poll(); errand != null; errand = errands.poll()) {
            errand.accept(open);
        }
        attendants.forEach(attendant -> attendant.work(open));
        if (directory.takeWish()) {
            long sent = ticker.nanos();
            directory.accept(open.nodes().directory(), sent);
        }
        if (ticker.nanos() - nextForgetNanos >= 0) {
            nextForgetNanos = ticker.nanos() + FORGET.toNanos();
            open.nodes().forgetOld();
        }
        backOff = Duration.ZERO;
    }

    private void announce(LeaseSession open, Announcement.Content now) {
        try {
            open.nodes().announce(node.id(), now.services(), now.endpoints());
        } catch (RuntimeException e) {
            announcement.changed();
            throw e;
        }
        directory.outdated();
    }

    private @Nullable LeaseSession open() {
        LeaseSession now = session;
        if (now != null || ticker.nanos() - nextConnectNanos < 0) {
            return now;
        }
        LeaseSession opened = database.open();
        session = opened;
        opened.nodes().register(node);
        attendants.forEach(attendant -> attendant.opened(opened));
        announcement.changed();
        keeper.lookSoon();
        connected = true;
        if (away) {
            away = false;
            log.atInfo()
                    .addKeyValue("database", database.address())
                    .addKeyValue("afterMillis", TimeUnit.NANOSECONDS.toMillis(ticker.nanos() - awaySinceNanos))
                    .log("database answers again");
        }
        return opened;
    }

    private void failed(RuntimeException e) {
        statistics.count(Event.DATABASE_FAILED);
        closeSession();
        long now = ticker.nanos();
        if (!away) {
            away = true;
            awaySinceNanos = now;
            nextComplaintNanos = now;
        }
        if (!backOff.isZero()) {
            // The first failure may be the old connection's alone; the second is the database's.
            connected = false;
        }
        nextConnectNanos = now + backOff.toNanos();
        if (connected) {
            log.atDebug().setCause(e).log("lease connection failed; opening another");
        } else if (now - nextComplaintNanos >= 0) {
            nextComplaintNanos = now + COMPLAIN.toNanos();
            log.atWarn()
                    .addKeyValue("database", database.address())
                    .addKeyValue("reason", reason(e))
                    .addKeyValue("awayMillis", TimeUnit.NANOSECONDS.toMillis(now - awaySinceNanos))
                    .log("waiting for the database: nothing is owned or taken over until it answers; trying again");
        }
        Duration next = backOff.isZero() ? FIRST_BACK_OFF : backOff.multipliedBy(2);
        backOff = next.compareTo(LONGEST_BACK_OFF) < 0 ? next : LONGEST_BACK_OFF;
    }

    private static String reason(RuntimeException e) {
        String root = NestedExceptionUtils.getMostSpecificCause(e).getMessage();
        String message = root == null ? String.valueOf(e.getMessage()) : root;
        if (message.contains("does not exist")) {
            return "it has no Callisto schema yet, or an older one; the server that starts first migrates it ("
                    + message + ")";
        }
        return READ_ONLY.matcher(message).find()
                ? "it is read-only, or no primary; it must accept writes (default_transaction_read_only, a standby?): "
                        + message
                : message;
    }

    private void closeSession() {
        LeaseSession now = session;
        session = null;
        if (now != null) {
            now.close();
        }
    }

    private void park() {
        if (stopped) {
            return;
        }
        LockSupport.parkNanos(this, Math.min(LONGEST_PARK.toNanos(), dueNanos() - ticker.nanos()));
    }

    /** When {@link #step} has something to do, as far as is known now. */
    long dueNanos() {
        boolean work = directory.wished() || announcement.isChanged() || !errands.isEmpty();
        if (!mailbox.isEmpty() || (session != null && work)) {
            return ticker.nanos();
        }
        return session == null ? nextConnectNanos : keeper.nextDueNanos();
    }
}
