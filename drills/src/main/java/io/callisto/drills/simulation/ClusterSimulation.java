package io.callisto.drills.simulation;

import io.callisto.drills.simulation.Tables.Contact;
import io.callisto.drills.simulation.Tables.ContactState;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run: a cluster lives through its faults, then must come to rest. The seed decides everything. */
public final class ClusterSimulation {
    private static final long FAULTS = 12_000 * World.MILLI;
    private static final long BOUND = 30_000 * World.MILLI;
    private static final long STEP = 250 * World.MILLI;
    private static final long PATIENCE = 1_000 * World.MILLI;
    private static final int CONTACTS = 12;

    private final long seed;
    private final Trace trace;
    private final World world;
    private final List<Fault> faults;
    private final int nodes;
    private final Checkers checkers;
    private final SimDatabase database;
    private final Nemesis nemesis;

    private ClusterSimulation(long seed, SimulationOptions options, @Nullable Consumer<String> listener) {
        this.seed = seed;
        trace = new Trace(listener);
        world = new World(seed, options.sabotage(), trace);
        faults = faults(options);
        nodes = options.nodes() == 0 ? (int) world.between(2, 5) : options.nodes();
        boolean beyond = faults.contains(Fault.CLOCK_RATE_BEYOND);
        checkers = new Checkers(world, !beyond);
        database = new SimDatabase(world, checkers, world.rateBetween(0.98, 1.02));
        checkers.watch(database);
        database.change("contacts", tables -> {
            for (int id = 1; id <= CONTACTS; id++) {
                tables.contacts.put(id, new Contact(id, 1, ContactState.READY, 0));
            }
            return true;
        });
        SimGateway gateway = new SimGateway(world, checkers, world.rateBetween(0.98, 1.02));
        Stage stage = new Stage(world, database, gateway, new SimLog(world, checkers), checkers);
        double skew = beyond ? 0.5 : faults.contains(Fault.CLOCK_RATE) ? 0.07 : 0.005;
        Cluster cluster = new Cluster(stage, nodes, 1 - skew, beyond ? 2 : 1 + skew);
        nemesis = new Nemesis(stage, cluster, faults);
    }

    /** Runs one seed to its end. */
    public static SimulationResult run(long seed, SimulationOptions options) {
        return new ClusterSimulation(seed, options, null).run();
    }

    /**
     * @param listener gets each line of the trace as it is written
     */
    public static SimulationResult run(long seed, SimulationOptions options, Consumer<String> listener) {
        return new ClusterSimulation(seed, options, listener).run();
    }

    private List<Fault> faults(SimulationOptions options) {
        TreeSet<Fault> chosen = new TreeSet<>(options.faults());
        if (chosen.isEmpty()) {
            for (Fault fault : Fault.values()) {
                double often = switch (fault) {
                    case PROMOTION, SERVER_STOP -> 0.25;
                    case CLOCK_RATE_BEYOND -> 0.08;
                    default -> 0.5;
                };
                if (world.chance(often)) {
                    chosen.add(fault);
                }
            }
        }
        return List.copyOf(chosen);
    }

    private SimulationResult run() {
        nemesis.start();
        runTo(FAULTS);
        nemesis.stop();
        Optional<String> missing = Optional.of("not looked yet");
        while (world.violation() == null && missing.isPresent() && world.now() < FAULTS + BOUND) {
            runTo(world.now() + STEP);
            missing = checkers.missing(Cluster.SCOPES, PATIENCE);
        }
        if (!faults.contains(Fault.CLOCK_RATE_BEYOND)) {
            missing.ifPresent(what -> world.violated(
                    Checkers.LIVENESS, what + " " + BOUND / World.MILLI / 1_000 + " s after the last fault"));
        }
        return new SimulationResult(
                seed,
                nodes,
                faults,
                world.violation(),
                trace.hash(),
                world.events(),
                world.now() / World.MILLI,
                checkers.takeovers(),
                checkers.calls(),
                checkers.refusals(),
                trace.tail());
    }

    private void runTo(long untilNanos) {
        while (world.violation() == null && world.now() < untilNanos) {
            world.runUntil(Math.min(untilNanos, world.now() + STEP));
            database.housekeeping();
        }
    }
}
