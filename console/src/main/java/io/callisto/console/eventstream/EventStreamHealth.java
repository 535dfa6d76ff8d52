package io.callisto.console.eventstream;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessException;

/** The event stream's part in the health: DEGRADED where there is an alarm. Campaigns go on without event clients. */
final class EventStreamHealth implements HealthIndicator {
    static final Status DEGRADED = new Status("DEGRADED");

    private final JdbcEventStreamStore store;

    EventStreamHealth(JdbcEventStreamStore store) {
        this.store = store;
    }

    @Override
    public Health health() {
        try {
            EventStreamState now = store.state();
            boolean fine = now.state().equals(EventStreamState.RUNNING);
            return Health.status(fine ? Status.UP : DEGRADED)
                    .withDetail("waiting", now.outbox().rows())
                    .withDetail("oldestSeconds", now.outbox().oldestSeconds())
                    .withDetail("late", now.outbox().lateAlarm())
                    .withDetail("full", now.outbox().fullAlarm())
                    .withDetail("measured", now.outbox().measured())
                    .withDetail("topicProblems", now.topicProblems().size())
                    .build();
        } catch (DataAccessException e) {
            return Health.unknown()
                    .withDetail("reason", "the database cannot be asked")
                    .build();
        }
    }
}
