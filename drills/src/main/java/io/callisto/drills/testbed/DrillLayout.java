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
 */
public record DrillLayout(
        int servers,
        int zooKeepers,
        int kafkas,
        int gateways,
        Set<String> ownProcesses,
        double timeFactor,
        String timing) {

    public DrillLayout {
        ownProcesses = Set.copyOf(ownProcesses);
    }

    /** Three servers, one of each infrastructure, two gateways, timing {@code small}. */
    public static DrillLayout threeServers() {
        return new DrillLayout(3, 1, 1, 2, Set.of(), 20, "small");
    }
}
