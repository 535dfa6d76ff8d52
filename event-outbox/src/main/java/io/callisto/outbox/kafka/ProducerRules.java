package io.callisto.outbox.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Which producer settings an administrator may write, and which values Kafka takes. */
final class ProducerRules {
    private static final ConfigDef KAFKA = ProducerConfig.configDef();

    /** What changes the pace of a producer and nothing else: not where it connects, not which classes it loads. */
    private static final Set<String> TUNABLE = Set.of(
            "acks",
            "batch.size",
            "buffer.memory",
            "compression.gzip.level",
            "compression.lz4.level",
            "compression.type",
            "compression.zstd.level",
            "connections.max.idle.ms",
            "delivery.timeout.ms",
            "enable.idempotence",
            "key.serializer",
            "linger.ms",
            "max.block.ms",
            "max.in.flight.requests.per.connection",
            "max.request.size",
            "metadata.max.age.ms",
            "metadata.max.idle.ms",
            "partitioner.adaptive.partitioning.enable",
            "partitioner.availability.timeout.ms",
            "partitioner.ignore.keys",
            "receive.buffer.bytes",
            "request.timeout.ms",
            "retries",
            "retry.backoff.max.ms",
            "retry.backoff.ms",
            "send.buffer.bytes",
            "transaction.timeout.ms",
            "transaction.two.phase.commit.enable",
            "transactional.id",
            "value.serializer");

    /** Below these Kafka takes the value, but nothing would ever be published with it. */
    private static final Map<String, Long> LOWEST = Map.of(
            "max.block.ms", 1_000L,
            "request.timeout.ms", 100L,
            "delivery.timeout.ms", 200L,
            "max.request.size", 65_536L,
            "buffer.memory", 1_048_576L);

    private ProducerRules() {}

    /** All that is wrong, by name. */
    static List<SettingProblem> problems(Map<String, String> values) {
        if (values.isEmpty()) {
            return List.of(new SettingProblem("profile", "there is no such profile, or nothing in it"));
        }
        List<SettingProblem> problems = new ArrayList<>();
        new TreeMap<>(values).forEach((name, value) -> problem(name, value).ifPresent(problems::add));
        if (problems.isEmpty()) {
            deliveryTime(values).ifPresent(problems::add);
        }
        return problems;
    }

    /** What is wrong with one value, whatever the others are. */
    static Optional<SettingProblem> problem(String name, String value) {
        ConfigDef.ConfigKey key = KAFKA.configKeys().get(name);
        if (key == null) {
            return Optional.of(new SettingProblem(name, "Kafka's producer has no such setting"));
        }
        if (!TUNABLE.contains(name)) {
            return Optional.of(new SettingProblem(
                    name, "cannot be set here: connection and security are callisto.kafka, classes are not changed"));
        }
        return illegal(key, value).map(reason -> new SettingProblem(name, reason));
    }

    private static Optional<String> illegal(ConfigDef.ConfigKey key, String value) {
        try {
            Object parsed = ConfigDef.parseType(key.name, value, key.type);
            if (key.validator != null) {
                key.validator.ensureValid(key.name, parsed);
            }
            Long lowest = LOWEST.get(key.name);
            if (lowest != null && parsed instanceof Number number && number.longValue() < lowest) {
                return Optional.of("must be at least " + lowest + ", or nothing could be published");
            }
            return Optional.empty();
        } catch (ConfigException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Kafka's producer refuses to start where it is shorter. */
    private static Optional<SettingProblem> deliveryTime(Map<String, String> values) {
        String name = ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG;
        OptionalLong delivery = number(values, name);
        long linger = orDefault(values, ProducerConfig.LINGER_MS_CONFIG);
        long request = orDefault(values, ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG);
        if (delivery.isEmpty() || delivery.getAsLong() >= linger + request) {
            return Optional.empty();
        }
        return Optional.of(
                new SettingProblem(name, "must not be below linger.ms + request.timeout.ms = " + (linger + request)));
    }

    private static long orDefault(Map<String, String> values, String name) {
        Object otherwise = KAFKA.defaultValues().get(name);
        return number(values, name).orElse(otherwise instanceof Number number ? number.longValue() : 0);
    }

    /** The value as a whole number, where it is one. */
    static OptionalLong number(Map<String, String> values, String name) {
        String value = values.get(name);
        try {
            return value == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value.trim()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty(); // Kafka says so better than we could
        }
    }
}
