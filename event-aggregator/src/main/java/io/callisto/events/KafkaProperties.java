package io.callisto.events;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Kafka cluster.
 *
 * @param bootstrapServers {@code host:port,host:port}; needed
 * @param replicationFactor of the topics that are created, which waits for so many brokers; default: as many as there
 *     are when a topic is created, at most 3
 * @param minInsyncReplicas brokers that must have an event before it counts as written; default: 2 of 3 replicas and
 *     more, else 1
 * @param client properties of every Kafka client: {@code security.protocol}, {@code ssl.keystore.location}, ...
 */
@ConfigurationProperties("callisto.kafka")
public record KafkaProperties(
        @DefaultValue("") String bootstrapServers,
        @Nullable Integer replicationFactor,
        @Nullable Integer minInsyncReplicas,
        @DefaultValue Map<String, String> client) {
    public KafkaProperties {
        if (replicationFactor != null && replicationFactor < 1) {
            throw new IllegalArgumentException("callisto.kafka.replication-factor must be positive");
        }
        client = Map.copyOf(client);
    }
}
