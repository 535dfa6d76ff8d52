package io.callisto.drills.simulation;

import io.callisto.ha.NodeId;
import io.callisto.ha.Scope;
import java.util.List;

/** Does one harmful thing after the other, as the seed says, until it is told to stop. */
final class Nemesis {
    private final World world;
    private final SimDatabase database;
    private final Cluster cluster;
    private final List<Fault> faults;

    Nemesis(Stage stage, Cluster cluster, List<Fault> faults) {
        this.world = stage.world();
        this.database = stage.database();
        this.cluster = cluster;
        this.faults = faults;
    }

    void start() {
        if (!faults.isEmpty()) {
            world.after(world.millisBetween(100, 900), this::strike);
        }
    }

    private void strike() {
        if (world.calm()) {
            return;
        }
        Fault fault = faults.get((int) world.between(0, faults.size() - 1));
        Scope scope = Cluster.SCOPES.get((int) world.between(0, Cluster.SCOPES.size() - 1));
        int victim = victim(scope);
        SimServer server = cluster.servers().get(victim);
        if (server.alive()) {
            world.trace("fault " + fault + " " + server);
            strike(fault, server, victim, scope);
        }
        world.after(world.millisBetween(50, 1_200), this::strike);
    }

    /** Mostly who owns the scope. */
    private int victim(Scope scope) {
        Tables.LeaseRow row = database.tables().leases.get(scope);
        NodeId owner = row == null ? null : row.owner();
        int anyone = (int) world.between(0, cluster.servers().size() - 1);
        if (owner == null || world.chance(0.35)) {
            return anyone;
        }
        for (int i = 0; i < cluster.servers().size(); i++) {
            if (owner.equals(cluster.servers().get(i).me().node())) {
                return i;
            }
        }
        return anyone;
    }

    private void strike(Fault fault, SimServer server, int victim, Scope scope) {
        switch (fault) {
            case CRASH -> cluster.crash(victim);
            case PAUSE -> server.pause(world.chance(0.3) ? millis(5, 200) : millis(200, 4_000));
            case STALLED_ROLE -> server.stallRoles(millis(50, 4_000));
            case CUT -> cut(server, true, true);
            case ONE_WAY_CUT -> oneWayCut(server);
            case LOSS -> lose(link(server), world.rateBetween(0.05, 0.5));
            case SLOW -> slow(link(server));
            case FALSE_CERTIFICATE -> cluster.certify(server);
            case WRONG_HINTS -> cluster.memberVanished();
            case DATABASE_RESTART -> database.restart(millis(10, 1_500));
            case PROMOTION -> promote();
            case HAND_OVER -> cluster.handOver(server, scope);
            case ROLE_STOP -> cluster.stopRole(server, scope);
            case SERVER_STOP -> cluster.stop(victim);
            case CLOCK_RATE, CLOCK_RATE_BEYOND -> world.trace("clocks run as they were set");
        }
    }

    private long millis(long from, long to) {
        return world.millisBetween(from, to);
    }

    private void cut(SimServer server, boolean there, boolean back) {
        boolean all = world.chance(0.5);
        List<Link> links =
                all ? List.of(server.databaseLink(), server.gatewayLink(), server.logLink()) : List.of(link(server));
        links.forEach(link -> link.cut(there, back));
        world.after(millis(100, 4_000), () -> links.forEach(link -> link.cut(false, false)));
    }

    private void oneWayCut(SimServer server) {
        boolean there = world.chance(0.5);
        cut(server, there, !there);
    }

    private Link link(SimServer server) {
        return switch ((int) world.between(0, 3)) {
            case 0 -> server.gatewayLink();
            case 1 -> server.logLink();
            default -> server.databaseLink();
        };
    }

    private void lose(Link link, double part) {
        link.lose(part);
        world.after(millis(200, 3_000), link::heal);
    }

    /** A line that gets slow may break in the end. */
    private void slow(Link link) {
        link.slow(world.between(1, world.chance(0.5) ? 100 : 900), world.between(10, 900));
        boolean breaks = world.chance(0.5);
        world.after(millis(200, 3_000), () -> {
            link.heal();
            if (breaks && !world.calm()) {
                link.cut(true, true);
                world.after(millis(300, 3_000), link::heal);
            }
        });
    }

    private void promote() {
        database.standbyLags();
        world.after(millis(20, 600), () -> database.promote(millis(10, 1_500), millis(0, 2_000) - 1_000 * World.MILLI));
    }

    /** What was broken works again; what was paused or has crashed comes back by itself. */
    void stop() {
        world.calmDown();
        for (SimServer server : cluster.servers()) {
            server.databaseLink().heal();
            server.gatewayLink().heal();
            server.logLink().heal();
        }
    }
}
