package io.callisto.event.client.source;

import io.callisto.event.client.tls.ReloadingSslEngineFactory;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** The brokers of one site. */
public final class KafkaConnector implements Connector {
    /** Properties whose value is part of what the client promises. */
    private static final Map<String, String> OURS = Map.of(
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "it is always read_committed",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "see EventClientBuilder.commit",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "see EventClientBuilder.startAt",
            ConsumerConfig.GROUP_ID_CONFIG, "see EventClientBuilder.group",
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, "events come typed",
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, "events come typed",
            ConsumerConfig.CLIENT_ID_CONFIG, "see EventClientBuilder.name",
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "a reader makes no topics",
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "see EventClientBuilder.bootstrapServers");

    private final String bootstrapServers;
    private final Map<String, String> properties;

    /**
     * @param bootstrapServers {@code host:port,host:port}
     * @param properties of Kafka's consumer, such as {@code security.protocol}; never logged
     * @throws IllegalArgumentException where one of them is the client's own affair
     */
    public KafkaConnector(String bootstrapServers, Map<String, String> properties) {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("no address of Kafka: set bootstrapServers, for example localhost:9092");
        }
        requireFree(properties.keySet());
        this.bootstrapServers = bootstrapServers.strip();
        this.properties = Map.copyOf(properties);
    }

    private static void requireFree(Set<String> names) {
        Set<String> ours = new TreeSet<>(names);
        ours.retainAll(OURS.keySet());
        if (!ours.isEmpty()) {
            String first = ours.iterator().next();
            throw new IllegalArgumentException(
                    "the property " + first + " cannot be set: " + OURS.get(first) + ". Remove it.");
        }
    }

    @Override
    public EventSource source(String clientId, @Nullable String group) {
        return new KafkaEventSource(consumer(clientId, group), group != null, bootstrapServers);
    }

    @Override
    public SiteProbe probe(String clientId) {
        return new KafkaSiteProbe(consumer(clientId, null), bootstrapServers);
    }

    @Override
    public String toString() {
        return bootstrapServers;
    }

    private KafkaConsumer<String, byte[]> consumer(String clientId, @Nullable String group) {
        try {
            return new KafkaConsumer<>(config(clientId, group));
        } catch (KafkaException e) {
            throw new SourceFailure(
                    SourceFailure.Kind.SETTINGS,
                    "the settings for Kafka at " + bootstrapServers + " cannot work: " + KafkaFailures.chain(e),
                    e);
        }
    }

    private Map<String, Object> config(String clientId, @Nullable String group) {
        Map<String, Object> config = new HashMap<>(properties);
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        if (group != null) {
            config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        }
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        // Positions are set by hand. This is for one that the topic's retention has overtaken: lose as little as may
        // be.
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.putIfAbsent(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        // Topics come and go with organisations.
        config.putIfAbsent(ConsumerConfig.METADATA_MAX_AGE_CONFIG, "30000");
        // A broker that is gone is noticed and tried again within the time that a failover may take.
        config.putIfAbsent(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        config.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000");
        config.putIfAbsent(ConsumerConfig.RECONNECT_BACKOFF_MS_CONFIG, "50");
        config.putIfAbsent(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "1000");
        config.putIfAbsent(ConsumerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, "1000");
        config.putIfAbsent(ConsumerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, "4000");
        if (encrypted()) {
            config.putIfAbsent(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, ReloadingSslEngineFactory.class.getName());
        }
        return config;
    }

    private boolean encrypted() {
        String protocol = properties.getOrDefault("security.protocol", "PLAINTEXT");
        return protocol.toUpperCase(Locale.ROOT).endsWith("SSL");
    }
}
