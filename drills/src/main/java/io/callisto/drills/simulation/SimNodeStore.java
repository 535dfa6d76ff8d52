package io.callisto.drills.simulation;

import io.callisto.drills.simulation.Tables.NodeRow;
import io.callisto.ha.DirectoryCache;
import io.callisto.ha.NodeId;
import io.callisto.ha.NodeStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The rows of incarnations over the same connection. */
final class SimNodeStore implements NodeStore {
    private final SimDatabase database;
    private final SimLeaseDatabase connection;
    private final SimServer server;
    private final int life;

    /**
     * @param life of the database when the connection was made
     */
    SimNodeStore(SimDatabase database, SimLeaseDatabase connection, SimServer server, int life) {
        this.database = database;
        this.connection = connection;
        this.server = server;
        this.life = life;
    }

    @Override
    public void register(Node node) {
        connection.call(life, () -> {
            database.change(server + " register", tables -> {
                NodeRow row = tables.nodes.get(node.id());
                if (row == null) {
                    tables.nodes.put(node.id(), new NodeRow(node.server(), "RUNNING", database.clock(), 0));
                }
                return true;
            });
            return true;
        });
    }

    @Override
    public void announce(NodeId node, Collection<String> services, Map<String, String> endpoints) {
        connection.call(life, () -> true);
    }

    @Override
    public void drain(NodeId node) {
        state(node, "DRAINING", false, row -> row.state().equals("RUNNING"));
    }

    @Override
    public void revive(NodeId node) {
        state(node, "RUNNING", true, NodeRow::dead);
    }

    @Override
    public void retire(NodeId node) {
        state(node, "STOPPED", true, row -> !row.dead());
    }

    private void state(NodeId node, String to, boolean releaseAll, Predicate<NodeRow> from) {
        connection.call(life, () -> {
            database.change(server + " " + to, tables -> {
                NodeRow row = tables.nodes.get(node);
                if (row != null && from.test(row)) {
                    tables.nodes.put(node, new NodeRow(row.server(), to, database.clock(), 0));
                    if (releaseAll) {
                        tables.leases.replaceAll((scope, lease) -> node.equals(lease.owner()) && !lease.released()
                                ? lease.release(database.clock())
                                : lease);
                    }
                }
                return true;
            });
            return true;
        });
    }

    @Override
    public int forgetOld() {
        return connection.call(life, () -> 0);
    }

    @Override
    public DirectoryCache.Snapshot directory() {
        return connection.call(life, () -> new DirectoryCache.Snapshot(Map.of(), List.of()));
    }
}
