package io.callisto.drills.drill;

import io.callisto.drills.testbed.DrillLayout;
import java.util.Set;

/** The clusters of the catalogue: few, because a suite starts each of them once. */
final class Layouts {
    private static final double TIME_FACTOR = 20;
    private static final String TIMING = "small";

    private Layouts() {}

    /** Three servers, each one JVM and a broker. */
    static DrillLayout three() {
        return DrillLayout.threeServers();
    }

    /** Three servers on which director and dialer can be killed by themselves. */
    static DrillLayout campaigns() {
        return of(3, 1, 1, Set.of("campaign-director", "campaign-manager"));
    }

    /** Three servers on which agent manager, rule engine, relay and aggregator can be killed by themselves. */
    static DrillLayout services() {
        return of(3, 1, 1, Set.of("agent-manager", "rule-engine", "event-aggregator"));
    }

    /** Three servers on quorums of three. */
    static DrillLayout quorums() {
        return of(3, 3, 3, Set.of());
    }

    static DrillLayout two() {
        return of(2, 1, 1, Set.of());
    }

    static DrillLayout four() {
        return of(4, 1, 1, Set.of());
    }

    /** One server whose dialer, agent manager and rule engine can be killed by themselves. */
    static DrillLayout single() {
        return of(1, 1, 1, Set.of("campaign-manager", "agent-manager", "rule-engine"));
    }

    private static DrillLayout of(int servers, int zooKeepers, int kafkas, Set<String> own) {
        return new DrillLayout(servers, zooKeepers, kafkas, 2, own, TIME_FACTOR, TIMING);
    }
}
