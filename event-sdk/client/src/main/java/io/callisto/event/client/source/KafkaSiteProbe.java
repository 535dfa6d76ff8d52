package io.callisto.event.client.source;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** Asks for the ends of the topics; which partitions a topic has is asked again only now and then. */
final class KafkaSiteProbe implements SiteProbe {
    private static final int LOOKS_BETWEEN_LISTS = 15;

    private final KafkaConsumer<String, byte[]> consumer;
    private final String address;
    private final Map<String, List<TopicPartition>> known = new TreeMap<>();
    private int looks;

    KafkaSiteProbe(KafkaConsumer<String, byte[]> consumer, String address) {
        this.consumer = consumer;
        this.address = address;
    }

    @Override
    public Look look(Set<String> topics, Duration limit) {
        if (looks++ % LOOKS_BETWEEN_LISTS == 0) {
            known.clear();
        }
        try {
            Set<String> missing = new HashSet<>();
            Set<String> forbidden = new HashSet<>();
            for (String topic : topics) {
                if (!known.containsKey(topic)) {
                    list(topic, limit, missing, forbidden);
                }
            }
            Set<TopicPartition> partitions = new HashSet<>();
            known.values().forEach(partitions::addAll);
            if (!consumer.assignment().equals(partitions)) {
                consumer.assign(partitions); // never polled; Kafka warns each time it is asked for any others
            }
            long produced = consumer.endOffsets(partitions, limit).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            return new Look(missing, forbidden, produced);
        } catch (TimeoutException e) {
            known.clear();
            throw new SourceFailure(
                    SourceFailure.Kind.UNREACHABLE,
                    "Kafka at " + address + " does not answer: " + Doorbell.ring(address, limit),
                    e);
        } catch (KafkaException e) {
            known.clear();
            throw KafkaFailures.explain("looking at the topics", address, e);
        }
    }

    private void list(String topic, Duration limit, Set<String> missing, Set<String> forbidden) {
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, limit).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                missing.add(topic);
            } else {
                known.put(topic, partitions);
            }
        } catch (TopicAuthorizationException e) {
            forbidden.add(topic);
        }
    }

    @Override
    public void close() {
        try {
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        } catch (KafkaException e) {
            throw KafkaFailures.explain("leaving", address, e);
        }
    }
}
