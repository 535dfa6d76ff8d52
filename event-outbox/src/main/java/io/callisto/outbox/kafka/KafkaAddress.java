package io.callisto.outbox.kafka;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SslConfigs;

/**
 * Where Kafka is and how to get in.
 *
 * @param bootstrapServers {@code host:port,host:port}
 * @param clientProperties for every client: {@code security.protocol}, {@code ssl.*}, ...; never logged
 */
public record KafkaAddress(String bootstrapServers, Map<String, String> clientProperties) {
    public KafkaAddress {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException(
                    "no address of Kafka: set callisto.kafka.bootstrap-servers, for example 127.0.0.1:9092");
        }
        clientProperties = Map.copyOf(clientProperties);
    }

    /** Without security. */
    public KafkaAddress(String bootstrapServers) {
        this(bootstrapServers, Map.of());
    }

    /**
     * Properties for a client.
     *
     * @param clientId appears in the brokers' logs and metrics
     */
    public Map<String, Object> client(String clientId) {
        Map<String, Object> config = new HashMap<>(clientProperties);
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        if (secured()) {
            // Certificates are replaced while clients go on.
            config.putIfAbsent(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, ReloadingSslEngineFactory.class.getName());
        }
        // A broker that is gone is noticed and tried again within the time that a failover may take.
        config.putIfAbsent(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, "50");
        config.putIfAbsent(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, "1000");
        // One that does not even refuse, because its network is cut, must not hold up the way to the others.
        config.putIfAbsent(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, "1000");
        config.putIfAbsent(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, "4000");
        return config;
    }

    /** Whether clients speak TLS. */
    public boolean secured() {
        return clientProperties
                .getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "PLAINTEXT")
                .toUpperCase(Locale.ROOT)
                .endsWith("SSL");
    }

    /** As {@link #client}, for a client whose requests go to another broker when one is silent; not for a producer. */
    public Map<String, Object> impatient(String clientId) {
        Map<String, Object> config = client(clientId);
        config.putIfAbsent(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, "2000");
        config.putIfAbsent(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000");
        return config;
    }

    @Override
    public String toString() {
        return bootstrapServers;
    }
}
