package io.callisto.ha;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The coordinator's part of the health report. DOWN where nothing can be owned; missing hints and a wrong clock cost
 * speed or deserve a look, so they are told as details.
 */
public final class CoordinatorHealth implements HealthIndicator {
    private final LeaseCoordinator coordinator;

    public CoordinatorHealth(LeaseCoordinator coordinator) {
        this.coordinator = coordinator;
    }

    @Override
    public Health health() {
        String barred = coordinator.barredBecause();
        boolean connected = coordinator.connected();
        Health.Builder health = connected && barred.isEmpty() ? Health.up() : Health.down();
        health.withDetail("node", coordinator.node().toString())
                .withDetail("server", coordinator.server())
                .withDetail("database", connected ? "connected" : "away: nothing is owned until it answers")
                .withDetail("zooKeeper", hints(coordinator.hints()))
                .withDetail("peers", coordinator.linkedPeers())
                .withDetail("roles", coordinator.held().size())
                .withDetail("clock", clock(coordinator.clockSkew()));
        if (!barred.isEmpty()) {
            health.withDetail("barred", barred);
        }
        return health.build();
    }

    private static String hints(HintState state) {
        return switch (state) {
            case OFF -> "not configured";
            case JOINED -> "joined";
            case MISSING -> "hints missing: failover of lost hosts is slower";
            case WRONG_CLUSTER -> "another cluster's: hints are not used; change callisto.zookeeper.root";
        };
    }

    private static String clock(ClockSkew skew) {
        if (!skew.known()) {
            return "not measured yet";
        }
        String ahead = skew.millis() + " ms ahead of the database's, +-" + skew.uncertaintyMillis() + " ms";
        return skew.beyond() ? ahead + ": set it right, calling hours depend on it" : ahead;
    }
}
