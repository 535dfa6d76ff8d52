package io.callisto.ha;

import io.callisto.domain.Ticker;
import io.callisto.ha.NodeStore.Node;
import io.callisto.ha.RoleStepRunner.Next;
import io.callisto.ha.RoleStepRunner.Then;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A coordinator without threads, sockets and clocks: whoever holds it says when each part makes its next step, and
 * gives it a database and a ticker. What it decides and in which order it does things is the code of {@link
 * LeaseCoordinator}; only threads, NOTIFY, ZooKeeper and the ending of blockers are the caller's. For simulations.
 * Used by one thread.
 */
public final class SteppedCoordinator {
    private final Candidate me;
    private final Duration handOver;
    private final Ticker ticker;
    private final ConcurrentMap<Scope, Seat> seats = new ConcurrentHashMap<>();
    private final List<Role> roles = new ArrayList<>();
    private final SeatKeeper keeper;
    private final LeaseRunner leases;
    private boolean draining;

    /**
     * @param me incarnation and server
     * @param sweep longest time between two looks at a lease that somebody else holds
     * @param handOver longest time that a piece of work may hold up a hand-over
     * @param database may let time pass in its calls, and may step other coordinators meanwhile
     * @param ticker this process' own clock
     */
    public SteppedCoordinator(
            Candidate me,
            TimingProfile timing,
            Duration sweep,
            Duration handOver,
            LeaseDatabase database,
            Ticker ticker) {
        this.me = me;
        this.handOver = handOver;
        this.ticker = ticker;
        LeaseStatistics statistics = new LeaseStatistics();
        keeper = new SeatKeeper(seats, me, timing, sweep, ticker, statistics, () -> {});
        leases = new LeaseRunner(
                database,
                new Node(me.node(), me.server(), "server", 0),
                keeper,
                new DirectoryCache(ticker, () -> false),
                new Announcement(),
                ticker,
                statistics);
    }

    /** As {@link ServiceHandle#standFor(Scope, Duration, RoleDutyFactory)}; its {@code close()} would wait. */
    public Candidacy standFor(Scope scope, Duration idle, RoleDutyFactory duties) {
        Seat seat = new Seat(scope, idle, duties, handOver, this::role, () -> {}, ticker.nanos());
        if (seats.putIfAbsent(scope, seat) != null) {
            throw new IllegalStateException("it stands for " + scope + " already");
        }
        return seat;
    }

    /** One turn of the lease thread. */
    public void leaseStep() {
        leases.step();
        roles.removeIf(Role::ended);
    }

    /** When the lease thread has something to do at the latest. */
    public long leaseDueNanos() {
        return leases.dueNanos();
    }

    /** One turn of the thread that stops duties whose deadline has passed. */
    public void deadlineStep() {
        seats.values().forEach(Seat::expire);
    }

    /** A hint that something may be free. */
    public void lookSoon() {
        leases.submit(keeper::lookSoon);
    }

    /** A hint that this scope may be free. */
    public void lookSoon(Scope scope) {
        leases.submit(() -> keeper.lookSoon(scope.value()));
    }

    /** Begins to hand over all scopes, for good. */
    public void drain() {
        draining = true;
        leases.submitErrand(session -> session.nodes().drain(me.node()));
        seats.values().forEach(Seat::startClosing);
    }

    /** Whether {@link #drain} was called. */
    public boolean draining() {
        return draining;
    }

    /** Whether it stands for the scope, or has not handed it over yet. */
    public boolean standsFor(Scope scope) {
        return seats.containsKey(scope);
    }

    /** As {@link Candidacy#handOver()}: somebody else may have it, and this one goes on standing. */
    public void handOver(Scope scope) {
        Seat seat = seats.get(scope);
        if (seat != null) {
            seat.handOver();
        }
    }

    /** Begins to hand over this scope, for good. */
    public void withdraw(Scope scope) {
        Seat seat = seats.get(scope);
        if (seat != null) {
            seat.startClosing();
        }
    }

    /** Whether it stands for nothing any more and all is handed over. */
    public boolean drained() {
        return seats.isEmpty();
    }

    /** Says goodbye to the database, soon. */
    public void retire() {
        leases.submitErrand(session -> session.nodes().retire(me.node()));
    }

    /** The duties at work now. */
    public List<Role> roles() {
        return List.copyOf(roles);
    }

    private RoleWork role(Tenure tenure, Duration idle, RoleDutyFactory duties, Runnable onEnd) {
        Role role = new Role(tenure, idle, duties, onEnd, ticker);
        roles.add(role);
        return role;
    }

    /** A duty at work, stepped by hand. */
    public static final class Role implements RoleWork {
        private final Tenure tenure;
        private final Runnable onEnd;
        private final Ticker ticker;
        private final RoleStepRunner work;
        private long dueNanos;
        private boolean stepping;
        private boolean idle;
        private boolean woken;
        private boolean ended;

        private Role(Tenure tenure, Duration idle, RoleDutyFactory duties, Runnable onEnd, Ticker ticker) {
            this.tenure = tenure;
            this.onEnd = onEnd;
            this.ticker = ticker;
            this.work = new RoleStepRunner(tenure, idle, duties, this::wakeUp);
            this.dueNanos = ticker.nanos();
        }

        public Scope scope() {
            return tenure.scope();
        }

        public long epoch() {
            return tenure.epoch();
        }

        /** When the next step is due. */
        public long dueNanos() {
            return idle && woken ? ticker.nanos() : dueNanos;
        }

        /** Takes over, does a piece of work, or closes the duty. */
        public void step() {
            if (ended) {
                return;
            }
            if (idle) {
                woken = false;
            }
            stepping = true;
            try {
                Next next = work.step();
                idle = next.then() == Then.IDLE;
                dueNanos = ticker.nanos() + next.pause().toNanos();
                if (next.then() == Then.END) {
                    ended = true;
                    onEnd.run();
                }
            } finally {
                stepping = false;
            }
        }

        @Override
        public void start() {
            dueNanos = ticker.nanos();
        }

        @Override
        public void wakeUp() {
            woken = true;
        }

        @Override
        public void finish() {
            work.finish();
            dueNanos = ticker.nanos();
        }

        @Override
        public void abort() {
            finish();
        }

        @Override
        public boolean ended() {
            return ended;
        }

        @Override
        public boolean isCurrentThread() {
            return stepping;
        }
    }
}
