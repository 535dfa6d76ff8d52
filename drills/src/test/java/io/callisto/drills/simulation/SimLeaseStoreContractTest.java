package io.callisto.drills.simulation;

import io.callisto.drills.simulation.SimDatabase.Fencing;
import io.callisto.drills.simulation.Tables.LeaseRow;
import io.callisto.drills.simulation.Tables.NodeRow;
import io.callisto.ha.LeaseSession;
import io.callisto.ha.LeaseStoreContract;
import io.callisto.ha.NodeId;
import io.callisto.ha.NodeStore.Node;
import io.callisto.ha.Scope;
import java.util.Objects;

class SimLeaseStoreContractTest extends LeaseStoreContract {
    private final World world = new World(1, null, new Trace(null));
    private final Checkers checkers = new Checkers(world, true);
    private final SimDatabase database = new SimDatabase(world, checkers, 1.0);

    SimLeaseStoreContractTest() {
        checkers.watch(database);
        world.calmDown();
    }

    @Override
    protected Party party(String server) {
        SimServer simulated = new SimServer(world, database, server, server, 1.0);
        LeaseSession session = new SimLeaseDatabase(world, database, simulated).open();
        session.nodes().register(new Node(simulated.me().node(), server, "server", 1));
        return new Party(simulated.me(), session);
    }

    @Override
    protected void expire(Scope scope) {
        database.change("expire", tables -> {
            LeaseRow row = Objects.requireNonNull(tables.leases.get(scope));
            tables.leases.put(scope, row.extend(database.clock()));
            return true;
        });
    }

    @Override
    protected void certify(NodeId node) {
        database.change("certify", tables -> {
            NodeRow row = Objects.requireNonNull(tables.nodes.get(node));
            tables.nodes.put(node, new NodeRow(row.server(), "DEAD", row.heartbeatNanos(), database.clock()));
            return true;
        });
    }

    @Override
    protected Work begin(Scope scope, long epoch, NodeId owner) {
        Tx tx = database.begin("work", null);
        if (fence(tx, scope, epoch, owner) != Fencing.OURS) {
            throw new IllegalStateException("not let in");
        }
        return () -> database.commit(tx);
    }

    @Override
    protected boolean letsIn(Scope scope, long epoch, NodeId owner) {
        Tx tx = database.begin("try", null);
        Fencing fencing = fence(tx, scope, epoch, owner);
        database.abort(tx, "only asked");
        return fencing == Fencing.OURS;
    }

    private Fencing fence(Tx tx, Scope scope, long epoch, NodeId owner) {
        Fencing[] answer = {Fencing.FAILED};
        database.fence(tx, new Tx.Work(scope, epoch, "test"), owner, fencing -> answer[0] = fencing);
        return answer[0];
    }
}
