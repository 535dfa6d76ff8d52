package io.callisto.outbox.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    /** Values that publish fast and lose nothing: what is used where nothing usable is configured. */
    public static final ProducerSettings SAFE_FAST = new ProducerSettings(
            "safe-fast",
            Map.of(
                    "acks", "all",
                    "batch.size", "131072",
                    "compression.type", "zstd",
                    "delivery.timeout.ms", "10000",
                    "enable.idempotence", "true",
                    "linger.ms", "5",
                    "max.block.ms", "10000",
                    "request.timeout.ms", "4000",
                    "retry.backoff.max.ms", "500",
                    "retry.backoff.ms", "50"));

    /** A transaction that is open for longer is aborted by Kafka. */
    static final String TRANSACTION_TIMEOUT_MILLIS = "5000";

    private static final int MAX_IN_FLIGHT = 5;

    public ProducerSettings {
        values = Map.copyOf(values);
    }

    /**
     * A value that the producer does not get as it stands.
     *
     * @param name of the setting
     * @param value as written
     * @param used instead; empty: none
     * @param reason why
     */
    public record Overridden(String name, String value, String used, String reason) {}

    /**
     * What a producer gets.
     *
     * @param config all of it, with address and security
     * @param overridden which of the administrator's values it did not get, by name
     */
    public record Effective(Map<String, Object> config, List<Overridden> overridden) {}

    /**
     * The values of the producer, without address and security, and what of them is not as written.
     *
     * @param values by name, in their order
     * @param overridden by name, in their order
     */
    public record Preview(Map<String, String> values, List<Overridden> overridden) {}

    /** What is wrong with the values, so that they cannot be taken; empty: nothing. In the order of names. */
    public List<SettingProblem> problems() {
        return ProducerRules.problems(values);
    }

    /** These settings without those that have a problem of their own. */
    ProducerSettings withoutProblems() {
        Map<String, String> good = new HashMap<>(values);
        problems().forEach(problem -> good.remove(problem.name()));
        return new ProducerSettings(profile, good);
    }

    /** What the producer of an outbox shard would get. */
    public Preview preview() {
        Effective effective = effective(Map.of(), KafkaEventLog.transactionalId(0));
        Map<String, String> shown = new TreeMap<>();
        effective.config().forEach((name, value) -> shown.put(name, value.toString()));
        shown.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "callisto-outbox-{shard}");
        return new Preview(shown, effective.overridden());
    }

    /**
     * The administrator's values, except where the protocol would be unsafe with them.
     *
     * @param client address and security; not the administrator's to change here
     * @param transactionalId stable per shard: it is what fences an older producer
     */
    Effective effective(Map<String, Object> client, String transactionalId) {
        Map<String, Required> required = required(transactionalId);
        Map<String, Object> config = new HashMap<>();
        List<Overridden> overridden = new ArrayList<>();
        new TreeMap<>(values).forEach((name, value) -> {
            Required better = required.get(name);
            if (better != null) {
                if (!value.equals(better.value()) && !sameAcks(name, value)) {
                    overridden.add(new Overridden(name, value, better.value(), better.reason()));
                }
            } else if (client.containsKey(name)) {
                overridden.add(new Overridden(name, value, "", "the connection is set by callisto.kafka"));
            } else {
                ProducerRules.problem(name, value)
                        .ifPresentOrElse(
                                problem -> overridden.add(new Overridden(name, value, "", problem.reason())),
                                () -> config.put(name, value));
            }
        });
        required.forEach((name, better) -> config.put(name, better.value()));
        config.putAll(client);
        return new Effective(config, overridden);
    }

    private record Required(String value, String reason) {}

    private Map<String, Required> required(String transactionalId) {
        Map<String, Required> required = new HashMap<>();
        String fences = "it is what fences an older relay of the shard";
        required.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, new Required(transactionalId, fences));
        required.put(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                new Required(TRANSACTION_TIMEOUT_MILLIS, "a relay that died must not hold up readers for longer"));
        required.put(
                ProducerConfig.TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG,
                new Required("false", "Kafka must end the transactions of a dead relay"));
        required.put(ProducerConfig.ACKS_CONFIG, new Required("all", "fewer acknowledgements lose events"));
        required.put(
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                new Required("true", "without it a repeated request is a repeated event"));
        String strings = "plain text consumers must be able to read the events";
        required.put(
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, new Required(StringSerializer.class.getName(), strings));
        required.put(
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, new Required(StringSerializer.class.getName(), strings));
        if (Boolean.parseBoolean(values.getOrDefault(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, "false"))) {
            required.put(
                    ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
                    new Required("false", "events of one key must stay in one partition"));
        }
        if (number(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, MAX_IN_FLIGHT) > MAX_IN_FLIGHT) {
            required.put(
                    ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                    new Required(Integer.toString(MAX_IN_FLIGHT), "more would allow reordering"));
        }
        if (number(ProducerConfig.RETRIES_CONFIG, 1) < 1) {
            required.put(ProducerConfig.RETRIES_CONFIG, new Required("1", "idempotence needs at least one"));
        }
        return required;
    }

    private static boolean sameAcks(String name, String value) {
        return name.equals(ProducerConfig.ACKS_CONFIG) && value.equals("-1");
    }

    private long number(String name, long otherwise) {
        return ProducerRules.number(values, name).orElse(otherwise);
    }
}
