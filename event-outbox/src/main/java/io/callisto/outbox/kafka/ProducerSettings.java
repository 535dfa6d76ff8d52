package io.callisto.outbox.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Settings of the event producers, as an administrator wrote them.
 *
 * @param profile its name
 * @param values Kafka's names and values
 */
public record ProducerSettings(String profile, Map<String, String> values) {
    /** A transaction that is open for longer is aborted by Kafka. */
    static final String TRANSACTION_TIMEOUT_MILLIS = "5000";

    private static final int MAX_IN_FLIGHT = 5;

    public ProducerSettings {
        values = Map.copyOf(values);
    }

    /** What a producer gets, and which of the administrator's values it did not get. */
    record Effective(Map<String, Object> config, Map<String, String> overridden) {}

    /**
     * The administrator's values, except where the protocol would be unsafe with them.
     *
     * @param client address and security; not the administrator's to change here
     * @param transactionalId stable per shard: it is what fences an older producer
     */
    Effective effective(Map<String, Object> client, String transactionalId) {
        Map<String, Object> required = new HashMap<>(client);
        required.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        required.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
        required.put(ProducerConfig.TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG, "false");
        required.put(ProducerConfig.ACKS_CONFIG, "all");
        required.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        required.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName());
        required.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName());
        if (number(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, MAX_IN_FLIGHT) > MAX_IN_FLIGHT) {
            required.put(
                    ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                    Integer.toString(MAX_IN_FLIGHT)); // more would allow reordering
        }
        if (number(ProducerConfig.RETRIES_CONFIG, 1) < 1) {
            required.put(ProducerConfig.RETRIES_CONFIG, "1"); // idempotence needs at least one
        }
        Set<String> known = ProducerConfig.configNames();
        Map<String, Object> config = new HashMap<>();
        Map<String, String> overridden = new TreeMap<>();
        values.forEach((name, value) -> {
            Object better = required.get(name);
            if (!known.contains(name)
                    || (better != null && !sameAcks(name, value) && !value.equals(better.toString()))) {
                overridden.put(name, value);
            } else {
                config.put(name, value);
            }
        });
        config.putAll(required);
        return new Effective(config, overridden);
    }

    private static boolean sameAcks(String name, String value) {
        return name.equals(ProducerConfig.ACKS_CONFIG) && value.equals("-1");
    }

    private long number(String name, long otherwise) {
        String value = values.get(name);
        try {
            return value == null ? otherwise : Long.parseLong(value.trim());
        } catch (NumberFormatException e) {
            return otherwise; // Kafka will say so better than we could
        }
    }
}
