package io.callisto.drills.simulation;

import io.callisto.domain.Ticker;
import io.callisto.ha.Candidate;
import io.callisto.ha.NodeId;
import io.callisto.ha.RoleDutyFactory;
import io.callisto.ha.Scope;
import io.callisto.ha.SteppedCoordinator;
import io.callisto.ha.TimingProfile;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One incarnation of a server: its coordinator, its clock, its links, and when its threads get to run. A pause holds up
 * all of them at once, wherever they are; a crash is a pause without end.
 */
final class SimServer {
    static final TimingProfile TIMING = TimingProfile.FAST;

    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final Duration HAND_OVER = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final long DEADLINE_CHECK = 50 * World.MILLI;
    private static final long ANSWER_TIMEOUT = 300 * World.MILLI;

    /** A chain of events that stands for one thread: only the newest appointment counts. */
    private static final class Chain {
        private int appointment;
        private long atNanos = Long.MAX_VALUE;
    }

    private final World world;
    private final String name;
    private final Candidate me;
    private final double rate;
    private final long clockOffset;
    private final Link databaseLink;
    private final Link gatewayLink;
    private final Link logLink;
    private final SteppedCoordinator coordinator;
    private final Chain leaseThread = new Chain();
    private final Map<SteppedCoordinator.Role, Chain> roleThreads = new HashMap<>();
    private long waitedForRenewals;
    private long ownNanos;
    private boolean inLeaseStep;
    private boolean leaseThreadRuns;
    private boolean alive = true;
    private long pausedUntil;
    private long rolesStalledUntil;

    /**
     * @param name of this incarnation
     * @param server such as {@code s1}
     * @param rate of its clock against the world's
     */
    SimServer(World world, SimDatabase database, String name, String server, double rate) {
        this.world = world;
        this.name = name;
        this.me = new Candidate(new NodeId(world.id()), server);
        this.rate = rate;
        this.clockOffset = world.between(-1_000_000_000_000L, 1_000_000_000_000L);
        this.databaseLink = new Link(world);
        this.gatewayLink = new Link(world);
        this.logLink = new Link(world);
        this.coordinator = new SteppedCoordinator(
                me, TIMING, SWEEP, HAND_OVER, new SimLeaseDatabase(world, database, this), this::leaseClock);
        runLeaseThread(0);
        world.after(DEADLINE_CHECK, this::checkDeadlines);
    }

    Candidate me() {
        return me;
    }

    SteppedCoordinator coordinator() {
        return coordinator;
    }

    Link databaseLink() {
        return databaseLink;
    }

    Link gatewayLink() {
        return gatewayLink;
    }

    Link logLink() {
        return logLink;
    }

    boolean alive() {
        return alive;
    }

    long pausedUntil() {
        return pausedUntil;
    }

    /** The clock of leases as its duties see it. */
    Ticker ticker() {
        return this::leaseClock;
    }

    private long leaseClock() {
        long sabotage = world.sabotaged(Sabotage.DEADLINE_FROM_REPLY) ? waitedForRenewals : 0;
        return clock() - sabotage;
    }

    /** The true one. */
    long clock() {
        long now = inLeaseStep ? ownNow() : world.now();
        return clockOffset + (long) (now * rate);
    }

    /** Where the lease thread is in time: ahead of the world while an answer is awaited. */
    long ownNow() {
        return Math.max(ownNanos, world.now());
    }

    /** The lease thread waits so long, and nothing else does. */
    void spend(long nanos) {
        ownNanos = Math.max(ownNow() + nanos, pausedUntil);
    }

    void waitedForRenewal(long nanos) {
        waitedForRenewals += (long) (nanos * rate);
    }

    void standFor(Scope scope, RoleDutyFactory duties) {
        coordinator.standFor(scope, IDLE, duties);
        runLeaseThread(0);
    }

    void crash() {
        alive = false;
        world.trace(name + " crashed");
    }

    void pause(long nanos) {
        pausedUntil = Math.max(pausedUntil, world.now() + nanos);
        ownNanos = inLeaseStep ? Math.max(ownNanos, pausedUntil) : ownNanos;
        world.trace(name + " paused for " + nanos / World.MILLI + " ms");
    }

    void stallRoles(long nanos) {
        rolesStalledUntil = world.now() + nanos;
        world.trace(name + " roles stalled for " + nanos / World.MILLI + " ms");
    }

    /** Its threads have something to do. */
    void wake() {
        runLeaseThread(0);
        runRoles();
    }

    /** Something is done on this server as soon as it runs. */
    void whenRunning(Runnable action) {
        if (!alive) {
            return;
        }
        if (pausedUntil > world.now()) {
            world.after(pausedUntil - world.now() + world.between(0, World.MILLI), () -> whenRunning(action));
        } else {
            action.run();
        }
    }

    /**
     * Asks a partner and hands over the answer, null where none came in time. The request takes effect even if nobody
     * waits for it any more.
     *
     * @param effect at the partner, who may answer later
     */
    <R> void ask(Link link, String what, Consumer<Consumer<R>> effect, Consumer<@Nullable R> then) {
        boolean[] answered = new boolean[1];
        world.after(ANSWER_TIMEOUT, () -> whenRunning(() -> answer(answered, null, then)));
        if (link.losesRequest()) {
            world.trace(name + " " + what + ": request lost");
            return;
        }
        world.after(
                link.delay(),
                () -> effect.accept(reply -> {
                    if (link.losesReply()) {
                        world.trace(name + " " + what + ": reply lost");
                    } else {
                        world.after(link.delayBack(), () -> whenRunning(() -> answer(answered, reply, then)));
                    }
                }));
    }

    private static <R> void answer(boolean[] answered, @Nullable R reply, Consumer<@Nullable R> then) {
        if (!answered[0]) {
            answered[0] = true;
            then.accept(reply);
        }
    }

    private void runLeaseThread(long delayNanos) {
        appoint(leaseThread, delayNanos, this::leaseStep);
    }

    private void appoint(Chain chain, long delayNanos, Runnable step) {
        long at = world.now() + Math.max(0, delayNanos);
        if (!alive || at >= chain.atNanos) {
            return;
        }
        chain.atNanos = at;
        chain.appointment++;
        int mine = chain.appointment;
        world.after(at - world.now(), () -> {
            if (mine == chain.appointment) {
                chain.atNanos = Long.MAX_VALUE;
                whenRunning(step);
            }
        });
    }

    private void leaseStep() {
        if (leaseThreadRuns) {
            return;
        }
        if (ownNanos > world.now()) {
            runLeaseThread(ownNanos - world.now());
            return;
        }
        leaseThreadRuns = true;
        try {
            aheadOfTheWorld(coordinator::leaseStep);
        } finally {
            leaseThreadRuns = false;
        }
        long due = toWorld(coordinator.leaseDueNanos() - leaseClock());
        long wait = Math.min(due, SWEEP.toNanos());
        runLeaseThread(Math.max(ownNow() - world.now(), wait) + world.between(1_000, World.MILLI));
        runRoles();
    }

    private void aheadOfTheWorld(Runnable step) {
        boolean before = inLeaseStep;
        inLeaseStep = true;
        try {
            step.run();
        } finally {
            inLeaseStep = before;
        }
    }

    /** Something of this server that is not its lease thread runs, maybe while that waits for an answer. */
    private void inTheWorld(Runnable step) {
        boolean before = inLeaseStep;
        inLeaseStep = false;
        try {
            step.run();
        } finally {
            inLeaseStep = before;
        }
    }

    private long toWorld(long ownDuration) {
        return (long) (ownDuration / rate);
    }

    private void checkDeadlines() {
        if (alive) {
            whenRunning(() -> {
                inTheWorld(coordinator::deadlineStep);
                runRoles();
            });
            world.after(DEADLINE_CHECK, this::checkDeadlines);
        }
    }

    private void runRoles() {
        inTheWorld(() -> {
            for (SteppedCoordinator.Role role : coordinator.roles()) {
                if (!role.ended()) {
                    Chain chain = roleThreads.computeIfAbsent(role, made -> new Chain());
                    appoint(chain, toWorld(role.dueNanos() - leaseClock()), () -> roleStep(role));
                }
            }
        });
        roleThreads.keySet().removeIf(SteppedCoordinator.Role::ended);
    }

    private void roleStep(SteppedCoordinator.Role role) {
        if (rolesStalledUntil > world.now()) {
            world.after(rolesStalledUntil - world.now(), () -> whenRunning(() -> roleStep(role)));
            return;
        }
        inTheWorld(role::step);
        if (role.ended()) {
            runLeaseThread(0);
        }
        runRoles();
    }

    @Override
    public String toString() {
        return name;
    }
}
