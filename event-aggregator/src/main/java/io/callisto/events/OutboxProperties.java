package io.callisto.events;

import io.callisto.outbox.JdbcOutboxStore;
import io.callisto.outbox.backlog.BacklogLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The outbox, for its writers as well.
 *
 * @param shards number of relays that can work at the same time; change it only while the outbox is empty
 * @param lateAfter an alarm is raised when the oldest event has waited for so long, and cleared below half of it
 * @param fullRows so many events stop new work: no job is started, nothing is dialed, until four fifths are undershot
 */
@ConfigurationProperties("callisto.outbox")
public record OutboxProperties(
        @DefaultValue("1") int shards,
        @DefaultValue("10s") Duration lateAfter,
        @DefaultValue("5000000") long fullRows) {
    public OutboxProperties {
        if (shards < 1 || shards > JdbcOutboxStore.MAX_SHARDS) {
            throw new IllegalArgumentException(
                    JdbcOutboxStore.SHARDS_PROPERTY + " must be 1 to " + JdbcOutboxStore.MAX_SHARDS);
        }
        if (lateAfter.isNegative() || lateAfter.isZero() || fullRows < 1) {
            throw new IllegalArgumentException(
                    BacklogLimits.LATE_PROPERTY + " and " + BacklogLimits.FULL_PROPERTY + " must be positive");
        }
    }
}
