package io.callisto.events;

import io.callisto.outbox.JdbcOutboxStore;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The outbox, for its writers as well.
 *
 * @param shards number of relays that can work at the same time; change it only while the outbox is empty
 */
@ConfigurationProperties("callisto.outbox")
public record OutboxProperties(@DefaultValue("1") int shards) {
    public OutboxProperties {
        if (shards < 1 || shards > JdbcOutboxStore.MAX_SHARDS) {
            throw new IllegalArgumentException(
                    JdbcOutboxStore.SHARDS_PROPERTY + " must be 1 to " + JdbcOutboxStore.MAX_SHARDS);
        }
    }
}
