package io.callisto.benchmarks.events;

import io.callisto.event.contract.EventHeaders;
import io.callisto.event.contract.EventType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * An event client like any other: a plain String consumer with {@code read_committed} on all six topics from their
 * beginning. {@link #call} reads on a thread of its own until {@link #stop}; afterwards, and only then, what it saw may
 * be asked for.
 */
final class LogReader implements Callable<LogSeen> {
    private static final Duration POLL = Duration.ofMillis(100);

    private final String bootstrapServers;
    private final Map<String, EventType> topics;
    private final LogSeen seen = new LogSeen();
    private volatile Map<EventType, Long> counts = Map.of();
    private volatile long results;
    private volatile boolean stopped;

    LogReader(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.topics =
                Arrays.stream(EventType.values()).collect(Collectors.toMap(type -> type.topic(0), Function.identity()));
    }

    /** How many different events of each type were seen so far. */
    Map<EventType, Long> counts() {
        return counts;
    }

    /** Attempts whose result was seen so far. */
    long attemptsWithResult() {
        return results;
    }

    void stop() {
        stopped = true;
    }

    @Override
    public LogSeen call() {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = topics.keySet().stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!stopped) {
                read(consumer);
            }
        }
        return seen;
    }

    private void read(KafkaConsumer<String, String> consumer) {
        ConsumerRecords<String, String> records = consumer.poll(POLL);
        for (ConsumerRecord<String, String> record : records) {
            EventType type = Objects.requireNonNull(topics.get(record.topic()));
            seen.record(
                    type,
                    UUID.fromString(header(record, EventHeaders.ID)),
                    header(record, EventHeaders.SUBJECT),
                    Integer.parseInt(header(record, EventHeaders.SEQ)),
                    System.nanoTime());
        }
        if (!records.isEmpty()) {
            counts = seen.counts();
            results = seen.results().size();
        }
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
