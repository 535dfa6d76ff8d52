package io.callisto.drills.testbed;

import java.util.Set;

/**
 * The cluster that a drill wants.
 *
 * @param servers 1 to 4
 * @param zooKeepers 1 or 3
 * @param kafkas 1 or 3
 * @param gateways 1 to 8
 * @param ownProcesses services that run in a JVM of their own on every server; the others share one
 * @param timeFactor how many times faster than real time the simulated calls ring and talk
 * @param timing timing profile of leases
 * @param clockSteps whether {@link DrillTarget#stepClock} will be used; it costs the servers some processor time
 */
public record DrillLayout(
        int servers,
        int zooKeepers,
        int kafkas,
        int gateways,
        Set<String> ownProcesses,
        double timeFactor,
        String timing,
        boolean clockSteps) {

    public DrillLayout {
        ownProcesses = Set.copyOf(ownProcesses);
    }

    /** A layout whose clocks are left alone. */
    public DrillLayout(
            int servers,
            int zooKeepers,
            int kafkas,
            int gateways,
            Set<String> ownProcesses,
            double timeFactor,
            String timing) {
        this(servers, zooKeepers, kafkas, gateways, ownProcesses, timeFactor, timing, false);
    }

    /** The same, made for clock steps. */
    public DrillLayout withClockSteps() {
        return new DrillLayout(servers, zooKeepers, kafkas, gateways, ownProcesses, timeFactor, timing, true);
    }

    /** Three servers, one of each infrastructure, two gateways, timing {@code small}. */
    public static DrillLayout threeServers() {
        return new DrillLayout(3, 1, 1, 2, Set.of(), 20, "small");
    }
}
