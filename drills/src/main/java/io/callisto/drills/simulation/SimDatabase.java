package io.callisto.drills.simulation;

import io.callisto.ha.NodeId;
import io.callisto.ha.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The database: committed tables, open transactions with their locks, a clock with a rate of its own, restarts, and a
 * promotion that loses the last commits. Statements are in {@link SimLeaseSession} and in the duties.
 */
final class SimDatabase {
    /** How the fence row answered a work transaction. */
    enum Fencing {
        OURS,
        OTHER,
        FAILED
    }

    private static final long LOCK_POLL = 3 * World.MILLI;
    private static final long STATEMENT_TIMEOUT = 1_000 * World.MILLI;
    private static final long IDLE_IN_TRANSACTION = 6_000 * World.MILLI;

    private final World world;
    private final Checkers checkers;
    private final double rate;
    private final Locks locks = new Locks();
    private final Map<Tx, Long> open = new LinkedHashMap<>();
    private final List<Consumer<Scope>> listeners = new ArrayList<>();
    private Tables tables = new Tables();
    private @Nullable Tables standby;
    private long clockOffset;
    private long downUntil;
    private int life;

    SimDatabase(World world, Checkers checkers, double rate) {
        this.world = world;
        this.checkers = checkers;
        this.rate = rate;
    }

    Tables tables() {
        return tables;
    }

    Locks locks() {
        return locks;
    }

    /** As {@code clock_timestamp()}. */
    long clock() {
        return clockOffset + (long) (world.now() * rate);
    }

    boolean down() {
        return world.now() < downUntil;
    }

    /** Sessions of another life are broken. */
    int life() {
        return life;
    }

    /** Told of scopes that may be free. */
    void onFreed(Consumer<Scope> listener) {
        listeners.add(listener);
    }

    void freed(Scope scope) {
        listeners.forEach(listener -> listener.accept(scope));
    }

    Tx begin(String name, Tx.@Nullable Work work) {
        Tx tx = new Tx(name, work);
        open.put(tx, world.now());
        return tx;
    }

    void touch(Tx tx) {
        open.replace(tx, world.now());
    }

    /** Share-locks the fence row and looks whether it is at the work's epoch; waits for a claim that is under way. */
    void fence(Tx tx, Tx.Work work, NodeId owner, Consumer<Fencing> answer) {
        fence(tx, work, owner, answer, world.now() + STATEMENT_TIMEOUT);
    }

    private void fence(Tx tx, Tx.Work work, NodeId owner, Consumer<Fencing> answer, long untilNanos) {
        if (tx.over()) {
            answer.accept(Fencing.FAILED);
            return;
        }
        boolean locked = world.sabotaged(Sabotage.FENCE_READ_WITHOUT_LOCK) || locks.share(fenceRow(work.scope()), tx);
        if (locked) {
            touch(tx);
            Tables.Fence fence = tables.fences.get(work.scope());
            boolean ours = fence != null && fence.epoch() == work.epoch() && owner.equals(fence.owner());
            answer.accept(ours || unchecked(work) ? Fencing.OURS : Fencing.OTHER);
        } else if (world.now() >= untilNanos) {
            abort(tx, "lock wait took too long");
            answer.accept(Fencing.FAILED);
        } else {
            world.after(LOCK_POLL, () -> fence(tx, work, owner, answer, untilNanos));
        }
    }

    private boolean unchecked(Tx.Work work) {
        if (world.sabotaged(Sabotage.NO_EPOCH_CHECK)) {
            return true;
        }
        Tables.LeaseRow lease = tables.leases.get(work.scope());
        return world.sabotaged(Sabotage.CERTIFICATE_TRUSTED_FOR_WRITES)
                && lease != null
                && lease.epoch() == work.epoch();
    }

    static String fenceRow(Scope scope) {
        return "fence " + scope;
    }

    static String leaseRow(Scope scope) {
        return "lease " + scope;
    }

    /** False where it was ended before, or a constraint refused it. */
    boolean commit(Tx tx) {
        if (tx.over()) {
            return false;
        }
        Tables next = tx.writes() ? tables.copy() : tables;
        if (!tx.apply(next)) {
            abort(tx, "refused by a constraint");
            return false;
        }
        Tables before = tables;
        tables = next;
        end(tx);
        world.trace("db commit " + tx);
        checkers.committed(tx, before, tables);
        tx.committed(tables);
        return true;
    }

    void abort(Tx tx, String why) {
        if (!tx.over()) {
            end(tx);
            world.trace("db abort " + tx + ": " + why);
        }
    }

    /** The connections of a process that is gone. */
    void abortAllOf(SimServer server) {
        String prefix = server + " ";
        for (Tx tx : List.copyOf(open.keySet())) {
            if (tx.toString().startsWith(prefix)) {
                abort(tx, "its client is gone");
            }
        }
    }

    private void end(Tx tx) {
        tx.end();
        open.remove(tx);
        locks.release(tx);
    }

    /** One statement that is its own transaction. */
    void change(String name, Predicate<Tables> change) {
        Tx tx = begin(name, null);
        tx.change(change);
        commit(tx);
    }

    /** What the server does by itself from time to time. */
    void housekeeping() {
        for (Map.Entry<Tx, Long> entry : List.copyOf(open.entrySet())) {
            if (world.now() - entry.getValue() > IDLE_IN_TRANSACTION) {
                abort(entry.getKey(), "idle in transaction");
            }
        }
    }

    /** All sessions end; nobody can connect for a while. */
    void restart(long downNanos) {
        List.copyOf(open.keySet()).forEach(tx -> abort(tx, "restart"));
        life++;
        downUntil = world.now() + downNanos;
    }

    /** From now on the standby gets nothing more. */
    void standbyLags() {
        standby = tables.copy();
    }

    /** The standby takes over as it is, with a clock of its own. */
    void promote(long downNanos, long clockStepNanos) {
        Tables lost = tables;
        restart(downNanos);
        tables = standby == null ? tables.copy() : standby;
        standby = null;
        // Sequences are logged ahead, so numbers do not come twice.
        tables.lastRow = lost.lastRow + 32;
        if (!world.sabotaged(Sabotage.TIMELINE_IGNORED)) {
            tables.timeline = lost.timeline + 1;
        }
        clockOffset += clockStepNanos;
        checkers.promoted(lost, tables);
    }
}
