package io.callisto.drills.simulation;

import io.callisto.domain.JobId;
import io.callisto.domain.ZoneId;
import io.callisto.drills.simulation.Tables.NodeRow;
import io.callisto.ha.Lease;
import io.callisto.ha.NodeId;
import io.callisto.ha.RoleDuty;
import io.callisto.ha.Scope;
import java.util.ArrayList;
import java.util.List;

/** The servers of the simulated cluster, their supervisors, and the hints that reach them. */
final class Cluster {
    private static final Scope JOB = Scope.job(new JobId(1), new ZoneId(0));
    private static final Scope OUTBOX = Scope.outbox(0);
    static final List<Scope> SCOPES = List.of(Scope.director(), Scope.agentManager(new ZoneId(0)), JOB, OUTBOX);

    private final Stage stage;
    private final World world;
    private final double fastest;
    private final double slowest;
    private final List<SimServer> servers = new ArrayList<>();
    private final List<Integer> incarnations = new ArrayList<>();

    /**
     * @param slowest rate of a server's clock
     * @param fastest rate of a server's clock
     */
    Cluster(Stage stage, int nodes, double slowest, double fastest) {
        this.stage = stage;
        this.world = stage.world();
        this.slowest = slowest;
        this.fastest = fastest;
        stage.database().onFreed(scope -> servers.forEach(server -> notified(server, scope)));
        for (int i = 0; i < nodes; i++) {
            incarnations.add(1);
            servers.add(boot(i));
        }
    }

    List<SimServer> servers() {
        return servers;
    }

    private SimServer boot(int index) {
        String name = "s" + (index + 1);
        double rate = world.rateBetween(slowest, fastest);
        SimServer server = new SimServer(world, stage.database(), name + "#" + incarnations.get(index), name, rate);
        world.trace(server + " starts");
        SCOPES.forEach(scope -> standFor(server, scope));
        return server;
    }

    void standFor(SimServer server, Scope scope) {
        server.standFor(scope, (lease, wakeUp) -> duty(server, lease, wakeUp));
    }

    private RoleDuty duty(SimServer server, Lease lease, Runnable wakeUp) {
        Script script = new Script(stage, server, lease, wakeUp);
        if (lease.scope().equals(JOB)) {
            return new Dialer(stage, server, script);
        }
        return lease.scope().equals(OUTBOX) ? new Relay(stage, server, script) : new Clerk(script);
    }

    /** NOTIFY: sometimes late, sometimes not at all. */
    private void notified(SimServer server, Scope scope) {
        if (world.chance(0.85)) {
            world.after(server.databaseLink().delay(), () -> hint(server, scope));
        }
    }

    void hint(SimServer server, Scope scope) {
        server.whenRunning(() -> {
            server.coordinator().lookSoon(scope);
            server.wake();
        });
    }

    /** ZooKeeper says that somebody has vanished; true or not. */
    void memberVanished() {
        servers.forEach(server -> world.after(
                server.databaseLink().delay(),
                () -> server.whenRunning(() -> {
                    server.coordinator().lookSoon();
                    server.wake();
                })));
    }

    /** The process ends at once; what it sent is on its way. */
    void crash(int index) {
        SimServer server = servers.get(index);
        server.crash();
        if (world.chance(0.7)) {
            // The kernel closes its sockets; where the whole host has gone, nobody does.
            world.after(world.millisBetween(1, 5), () -> stage.database().abortAllOf(server));
        }
        if (world.chance(0.5)) {
            world.after(world.millisBetween(5, 300), () -> certify(server));
        }
        world.after(world.millisBetween(100, 2_500), this::memberVanished);
        restartLater(index);
    }

    private void restartLater(int index) {
        world.after(world.millisBetween(300, 3_000), () -> {
            incarnations.set(index, incarnations.get(index) + 1);
            servers.set(index, boot(index));
        });
    }

    /** A death certificate, true or false: the writer may be wrong. */
    void certify(SimServer server) {
        NodeId node = server.me().node();
        SimDatabase database = stage.database();
        if (database.down()) {
            return;
        }
        stage.checkers().certified(node);
        database.change("certify " + server, tables -> {
            NodeRow row = tables.nodes.get(node);
            if (row != null && !row.dead() && !row.state().equals("STOPPED")) {
                tables.nodes.put(node, new NodeRow(row.server(), "DEAD", row.heartbeatNanos(), database.clock()));
            }
            return true;
        });
        SCOPES.forEach(database::freed);
    }

    /** The scope is to go elsewhere; the server goes on standing for it. */
    void handOver(SimServer server, Scope scope) {
        world.trace(server + " is to hand over " + scope);
        server.whenRunning(() -> {
            server.coordinator().handOver(scope);
            server.wake();
        });
    }

    /** An administrator stops the server's candidacy, and allows it again a while later. */
    void stopRole(SimServer server, Scope scope) {
        world.trace(server + " is to stop " + scope);
        if (world.sabotaged(Sabotage.RELEASED_BEFORE_DUTY_ENDED)) {
            releaseAtOnce(server, scope);
            world.after(world.millisBetween(100, 300), () -> withdraw(server, scope));
        } else {
            withdraw(server, scope);
        }
        standAgain(server, scope);
    }

    private void withdraw(SimServer server, Scope scope) {
        server.whenRunning(() -> {
            server.coordinator().withdraw(scope);
            server.wake();
        });
    }

    private void standAgain(SimServer server, Scope scope) {
        world.after(
                world.millisBetween(300, 2_000),
                () -> server.whenRunning(() -> {
                    if (server.coordinator().standsFor(scope)) {
                        standAgain(server, scope);
                    } else if (!server.coordinator().draining()) {
                        standFor(server, scope);
                    }
                }));
    }

    private void releaseAtOnce(SimServer server, Scope scope) {
        SimDatabase database = stage.database();
        database.change(server + " releases " + scope + " too early", tables -> {
            Tables.LeaseRow row = tables.leases.get(scope);
            if (row != null && server.me().node().equals(row.owner())) {
                tables.leases.put(scope, row.release(database.clock()));
            }
            return true;
        });
        database.freed(scope);
    }

    /** An orderly stop of a whole server, and its return. */
    void stop(int index) {
        SimServer server = servers.get(index);
        world.trace(server + " is to stop");
        server.whenRunning(() -> {
            server.coordinator().drain();
            server.wake();
            awaitDrained(index, server, 100);
        });
    }

    private void awaitDrained(int index, SimServer server, int patience) {
        if (!server.alive()) {
            return;
        }
        if (server.coordinator().drained() || patience == 0) {
            server.coordinator().retire();
            server.wake();
            world.after(world.millisBetween(20, 200), () -> leave(index, server));
        } else {
            world.after(50 * World.MILLI, () -> awaitDrained(index, server, patience - 1));
        }
    }

    private void leave(int index, SimServer server) {
        if (server.alive()) {
            server.crash();
            stage.database().abortAllOf(server);
            restartLater(index);
        }
    }
}
