package io.callisto.event.spring;

import io.callisto.event.client.EventClientStatus;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** UP while events are read (or paused), DOWN with the problem, UNKNOWN while it starts or has no handlers. */
final class EventClientHealth implements HealthIndicator {
    private final CallistoEvents events;

    EventClientHealth(CallistoEvents events) {
        this.events = events;
    }

    @Override
    public Health health() {
        Optional<EventClientStatus> found = events.status();
        if (found.isEmpty()) {
            return Health.unknown().withDetail("client", "none: no handlers").build();
        }
        EventClientStatus status = found.get();
        Health.Builder health = status.problem() != null
                ? Health.down()
                : status.state() == EventClientStatus.State.STARTING ? Health.unknown() : Health.up();
        health.withDetail("state", status.state())
                .withDetail("lag", status.totalLag())
                .withDetail("partitions", status.partitions());
        if (status.problem() != null) {
            health.withDetail("problem", status.problem());
        }
        if (status.site() != null) {
            health.withDetail("site", status.site());
        }
        if (status.lastEventAt() != null) {
            health.withDetail("lastEventAt", status.lastEventAt());
        }
        return health.build();
    }
}
