package io.callisto.outbox.kafka;

import io.callisto.domain.Ticker;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/**
 * What one session of a shard needs of Kafka. Making them costs a second on a busy machine, so that a stand-by has them
 * ready; nothing is fenced before the producer is initialised. Used by one thread at a time.
 */
final class KafkaClients implements AutoCloseable {
    private final Map<String, Object> config;
    private final Admin admin;
    private final PositionReader positions;
    private final KafkaProducer<String, String> producer;

    private KafkaClients(
            Map<String, Object> config, Admin admin, PositionReader positions, KafkaProducer<String, String> producer) {
        this.config = config;
        this.admin = admin;
        this.positions = positions;
        this.producer = producer;
    }

    /**
     * @param producerConfig settings in force
     * @param limit longest reading of the position
     * @throws org.apache.kafka.common.KafkaException where the settings are unusable
     */
    static KafkaClients of(
            int shard, KafkaAddress address, Map<String, Object> producerConfig, Ticker ticker, Duration limit) {
        producerConfig.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "5");
        Admin admin = null;
        PositionReader positions = null;
        KafkaProducer<String, String> producer = null;
        try {
            admin = Admin.create(address.impatient("callisto-outbox-admin-" + shard));
            positions = new PositionReader(shard, address, ticker, limit);
            producer = new KafkaProducer<>(producerConfig);
            return new KafkaClients(Map.copyOf(producerConfig), admin, positions, producer);
        } finally {
            if (producer == null) {
                close(null, positions, admin);
            }
        }
    }

    /** Whether its producer has these settings. */
    boolean isFor(Map<String, Object> producerConfig) {
        producerConfig.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "5");
        return config.equals(producerConfig);
    }

    Admin admin() {
        return admin;
    }

    PositionReader positions() {
        return positions;
    }

    KafkaProducer<String, String> producer() {
        return producer;
    }

    @Override
    public void close() {
        close(producer, positions, admin);
    }

    /** At once: a successor must not wait, and settles what is left. */
    private static void close(
            @Nullable KafkaProducer<String, String> producer,
            @Nullable PositionReader positions,
            @Nullable Admin admin) {
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
        if (positions != null) {
            positions.close();
        }
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
