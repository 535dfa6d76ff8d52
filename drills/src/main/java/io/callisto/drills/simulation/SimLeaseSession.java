package io.callisto.drills.simulation;

import io.callisto.drills.simulation.Tables.Fence;
import io.callisto.drills.simulation.Tables.LeaseRow;
import io.callisto.drills.simulation.Tables.NodeRow;
import io.callisto.drills.simulation.Tables.Transition;
import io.callisto.ha.Candidate;
import io.callisto.ha.ClaimDecision;
import io.callisto.ha.ClaimReason;
import io.callisto.ha.Epochs;
import io.callisto.ha.LeaseSession;
import io.callisto.ha.LeaseStore;
import io.callisto.ha.LeaseView;
import io.callisto.ha.NodeId;
import io.callisto.ha.NodeStore;
import io.callisto.ha.RenewalDecision.Row;
import io.callisto.ha.Scope;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The statements of a lease connection, with the meaning that PostgreSQL gives them. */
final class SimLeaseSession implements LeaseSession, LeaseStore {
    private static final long LOCK_TIMEOUT = 100 * World.MILLI;
    private static final long LOCK_POLL = 3 * World.MILLI;
    private static final long BLOCKERS_END_AFTER = 15 * World.MILLI;

    private final World world;
    private final SimDatabase database;
    private final SimLeaseDatabase connection;
    private final SimServer server;
    private final int life;
    private @Nullable Tx open;

    SimLeaseSession(World world, SimDatabase database, SimLeaseDatabase connection, SimServer server) {
        this.world = world;
        this.database = database;
        this.connection = connection;
        this.server = server;
        this.life = database.life();
    }

    @Override
    public LeaseStore leases() {
        return this;
    }

    @Override
    public NodeStore nodes() {
        return new SimNodeStore(database, connection, server, life);
    }

    @Override
    public void close() {
        Tx last = open;
        if (last != null) {
            // Where the line is cut, the server does not hear of it: others end it, or its own limit does.
            long closing = Math.max(0, server.ownNow() - world.now()) + World.MILLI;
            world.after(closing, () -> {
                if (!server.databaseLink().cut()) {
                    database.abort(last, "connection closed");
                }
            });
        }
    }

    @Override
    public Renewal renew(NodeId me, Map<Scope, Long> epochs) {
        long sent = world.now();
        Renewal answer = connection.call(life, () -> renewNow(me, epochs));
        server.waitedForRenewal(Math.max(0, server.ownNow() - sent));
        return answer;
    }

    private Renewal renewNow(NodeId me, Map<Scope, Long> epochs) {
        Map<Scope, Row> rows = new HashMap<>();
        NodeRow node = database.tables().nodes.get(me);
        database.change(server + " renew", tables -> {
            epochs.forEach((scope, epoch) -> {
                LeaseRow row = tables.leases.get(scope);
                if (row == null || database.locks().locked(SimDatabase.leaseRow(scope))) {
                    return;
                }
                boolean ours = row.epoch() == epoch && me.equals(row.owner()) && !row.released();
                if (ours) {
                    tables.leases.put(scope, row.extend(database.clock() + row.ttlMillis() * World.MILLI));
                }
                rows.put(scope, new Row(row.epoch(), row.owner(), ours));
            });
            if (node != null && !node.dead()) {
                tables.nodes.put(me, new NodeRow(node.server(), node.state(), database.clock(), node.diedNanos()));
            }
            return true;
        });
        return new Renewal(rows, database.tables().timeline, node == null ? null : node.state());
    }

    @Override
    public Map<Scope, LeaseView> look(Collection<Scope> scopes) {
        return connection.call(life, () -> {
            Map<Scope, LeaseView> views = new HashMap<>();
            for (Scope scope : scopes) {
                LeaseRow row = database.tables().leases.get(scope);
                if (row != null) {
                    views.put(scope, view(scope, row));
                }
            }
            return views;
        });
    }

    private LeaseView view(Scope scope, LeaseRow row) {
        Tables tables = database.tables();
        NodeId owner = row.owner();
        NodeRow node = owner == null ? null : tables.nodes.get(owner);
        boolean dead = node != null && node.dead();
        long now = database.clock();
        long free = row.expiresNanos();
        if (row.released()) {
            free = Math.min(free, now);
        }
        if (node != null && dead) {
            free = Math.min(free, node.diedNanos());
        }
        long remaining = -Math.floorDiv(now - free, World.MILLI);
        return new LeaseView(row.epoch(), owner, row.released(), dead, remaining, 0, tables.wishes.get(scope));
    }

    @Override
    public Claim claim(Scope scope, Candidate me, Duration ttl, boolean endBlockers) {
        Tx tx = database.begin(server + " claim " + scope, null);
        open = tx;
        try {
            Claim claim = claim(tx, scope, me, ttl, endBlockers);
            open = null;
            return claim;
        } finally {
            if (open == tx && !server.alive()) {
                close();
            }
        }
    }

    private Claim claim(Tx tx, Scope scope, Candidate me, Duration ttl, boolean endBlockers) {
        if (!connection.call(life, () -> lock(tx, SimDatabase.fenceRow(scope), endBlockers))) {
            database.abort(tx, "blocked");
            return new Claim(Outcome.BLOCKED, 0, null);
        }
        ClaimDecision decision = connection.call(life, () -> take(tx, scope, me, ttl, endBlockers));
        if (decision == null || decision.reason() == null) {
            database.abort(tx, "not free");
            return new Claim(decision == null ? Outcome.BLOCKED : Outcome.REFUSED, 0, decision);
        }
        long epoch = nextEpoch(scope, decision.reason());
        boolean committed = connection.call(life, () -> {
            boolean done = database.commit(tx);
            if (done) {
                world.trace(
                        server + " claimed " + scope + " epoch " + Long.toHexString(epoch) + " " + decision.reason());
                database.freed(scope);
            }
            return done;
        });
        if (!committed) {
            throw new SimFailure("the claim's backend was ended");
        }
        return new Claim(Outcome.CLAIMED, epoch, decision);
    }

    private boolean lock(Tx tx, String row, boolean endBlockers) {
        long until = world.now() + LOCK_TIMEOUT;
        long endAt = world.now() + BLOCKERS_END_AFTER;
        while (!tx.over() && !database.locks().exclusive(row, tx)) {
            if (endBlockers && world.now() >= endAt) {
                database.locks().holders(row, tx).forEach(other -> database.abort(other, "it blocked " + tx));
            } else if (!connection.waitFor(until, LOCK_POLL)) {
                return false;
            }
        }
        if (tx.over()) {
            throw new SimFailure("the backend was ended");
        }
        database.touch(tx);
        return true;
    }

    private long nextEpoch(Scope scope, ClaimReason reason) {
        Tables tables = database.tables();
        Fence fence = tables.fences.get(scope);
        long current = fence == null ? Epochs.base(tables.timeline) : fence.epoch();
        boolean keep = reason == ClaimReason.RELEASED && world.sabotaged(Sabotage.CLAIM_KEEPS_EPOCH);
        LeaseRow lease = tables.leases.get(scope);
        if (lease != null && world.sabotaged(Sabotage.CERTIFICATE_TRUSTED_FOR_WRITES)) {
            current = Math.max(current, lease.epoch());
        }
        return keep ? current : Epochs.next(tables.timeline, current);
    }

    /** The lease row under its lock, the decision, and the writes; null where the row is held by somebody else. */
    private @Nullable ClaimDecision take(Tx tx, Scope scope, Candidate me, Duration ttl, boolean endBlockers) {
        if (!lock(tx, SimDatabase.leaseRow(scope), endBlockers)) {
            return null;
        }
        LeaseRow row = database.tables().leases.get(scope);
        LeaseRow free = row == null
                ? new LeaseRow(Epochs.base(database.tables().timeline), null, true, 1_000, database.clock())
                : row;
        ClaimDecision decision = ClaimDecision.decide(view(scope, free), me);
        ClaimReason reason = decision.reason();
        if (reason == null) {
            return decision;
        }
        long epoch = nextEpoch(scope, reason);
        boolean fenced =
                reason != ClaimReason.DEATH_CERTIFICATE || !world.sabotaged(Sabotage.CERTIFICATE_TRUSTED_FOR_WRITES);
        NodeId node = me.node();
        tx.change(tables -> {
            if (fenced) {
                tables.fences.put(scope, new Fence(epoch, node));
            }
            tables.leases.put(
                    scope, new LeaseRow(epoch, node, false, ttl.toMillis(), database.clock() + ttl.toNanos()));
            Transition before = tables.transitions
                    .computeIfAbsent(scope, name -> new TreeMap<>())
                    .put(epoch, new Transition(node, reason.name()));
            return before == null || world.sabotaged(Sabotage.CLAIM_KEEPS_EPOCH);
        });
        return decision;
    }

    @Override
    public void release(NodeId me, Scope scope, long epoch) {
        connection.call(life, () -> {
            releaseNow(me, scope, epoch);
            return true;
        });
    }

    private void releaseNow(NodeId me, Scope scope, long epoch) {
        database.change(server + " release " + scope + " epoch " + Long.toHexString(epoch), tables -> {
            LeaseRow row = tables.leases.get(scope);
            if (row != null && me.equals(row.owner()) && row.epoch() == epoch && !row.released()) {
                tables.leases.put(scope, row.release(database.clock()));
            }
            return true;
        });
        database.freed(scope);
    }
}
