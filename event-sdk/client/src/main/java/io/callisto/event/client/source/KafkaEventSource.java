package io.callisto.event.client.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.callisto.event.client.source.SourceFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Kafka's consumer behind the port. */
final class KafkaEventSource implements EventSource {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final KafkaConsumer<String, byte[]> consumer;
    private final boolean grouped;
    private final String address;
    private Set<String> topics = Set.of();
    private @Nullable Rebalance listener;

    KafkaEventSource(KafkaConsumer<String, byte[]> consumer, boolean grouped, String address) {
        this.consumer = consumer;
        this.grouped = grouped;
        this.address = address;
    }

    @Override
    public void subscribe(Set<String> wanted, Rebalance rebalance) {
        topics = Set.copyOf(wanted);
        listener = rebalance;
        if (grouped) {
            consumer.subscribe(topics, new Listener(rebalance));
        } else {
            takeNewPartitions();
        }
    }

    @Override
    public void takeNewPartitions() {
        Rebalance rebalance = listener;
        if (grouped || rebalance == null) {
            return;
        }
        Set<TopicPartition> all = new HashSet<>(consumer.assignment());
        Set<TopicPartition> fresh = new HashSet<>();
        for (String topic : topics) {
            asked("reading what there is of topic " + topic, () -> consumer.partitionsFor(topic, LIMIT))
                    .forEach(info -> fresh.add(new TopicPartition(topic, info.partition())));
        }
        fresh.removeAll(all);
        if (!fresh.isEmpty()) {
            all.addAll(fresh);
            consumer.assign(all);
            consumer.pause(fresh);
            rebalance.assigned(ours(fresh));
        }
    }

    @Override
    public List<SourceRecord> poll(Duration limit) {
        if (!grouped && consumer.assignment().isEmpty()) {
            throw new SourceFailure(
                    Kind.MISSING_TOPIC,
                    "none of the topics " + topics + " exists at Kafka " + address + "; " + KafkaFailures.MISSING,
                    null);
        }
        try {
            List<SourceRecord> records = new ArrayList<>();
            consumer.poll(limit).forEach(found -> records.add(of(found)));
            return List.copyOf(records);
        } catch (WakeupException e) {
            return List.of(); // somebody has something for us to do
        } catch (KafkaException e) {
            throw KafkaFailures.explain("reading events", address, e);
        }
    }

    private static SourceRecord of(ConsumerRecord<String, byte[]> found) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : found.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), UTF_8));
            }
        }
        return new SourceRecord(
                new SourcePartition(found.topic(), found.partition()),
                found.offset(),
                Instant.ofEpochMilli(found.timestamp()),
                found.key(),
                found.value(),
                headers);
    }

    @Override
    public Map<SourcePartition, Long> committed(Set<SourcePartition> partitions) {
        Map<SourcePartition, Long> found = new HashMap<>();
        asked("reading the group's positions", () -> consumer.committed(kafkas(partitions), LIMIT))
                .forEach((partition, position) -> {
                    if (position != null) {
                        found.put(ours(partition), position.offset());
                    }
                });
        return found;
    }

    @Override
    public Map<SourcePartition, Long> firstOffsets(Set<SourcePartition> partitions) {
        return ours(asked("reading first offsets", () -> consumer.beginningOffsets(kafkas(partitions), LIMIT)));
    }

    @Override
    public Map<SourcePartition, Long> endOffsets(Set<SourcePartition> partitions) {
        return ours(asked("reading end offsets", () -> consumer.endOffsets(kafkas(partitions), LIMIT)));
    }

    @Override
    public Map<SourcePartition, Long> offsetsAt(Map<SourcePartition, Instant> times) {
        Map<TopicPartition, Long> wanted = new HashMap<>();
        times.forEach((partition, time) -> wanted.put(kafkas(partition), Math.max(0, time.toEpochMilli())));
        Map<SourcePartition, Long> found = new HashMap<>(endOffsets(times.keySet()));
        Map<TopicPartition, OffsetAndTimestamp> offsets =
                asked("looking for a time", () -> consumer.offsetsForTimes(wanted, LIMIT));
        offsets.forEach((partition, offset) -> {
            if (offset != null) {
                found.put(ours(partition), offset.offset());
            }
        });
        return found;
    }

    @Override
    public void seek(SourcePartition partition, long offset) {
        consumer.seek(kafkas(partition), offset);
    }

    @Override
    public long position(SourcePartition partition) {
        return asked("reading a position", () -> consumer.position(kafkas(partition), LIMIT));
    }

    @Override
    public OptionalLong lag(SourcePartition partition) {
        return consumer.currentLag(kafkas(partition));
    }

    @Override
    public void commit(Map<SourcePartition, Long> positions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        positions.forEach((partition, offset) -> offsets.put(kafkas(partition), new OffsetAndMetadata(offset)));
        asked("keeping the group's positions", () -> {
            try {
                consumer.commitSync(offsets, LIMIT);
            } catch (WakeupException e) {
                consumer.commitSync(offsets, LIMIT); // the wake-up was meant for poll
            }
            return offsets;
        });
    }

    @Override
    public void pause(Collection<SourcePartition> partitions) {
        consumer.pause(kafkas(partitions));
    }

    @Override
    public void resume(Collection<SourcePartition> partitions) {
        consumer.resume(kafkas(partitions));
    }

    @Override
    public void wakeUp() {
        consumer.wakeup();
    }

    @Override
    public void close(Duration limit) {
        try {
            consumer.close(CloseOptions.timeout(limit));
        } catch (KafkaException e) {
            throw KafkaFailures.explain("leaving", address, e);
        }
    }

    private <V> V asked(String what, Supplier<V> call) {
        try {
            return call.get();
        } catch (WakeupException e) {
            return asked(what, call); // meant for poll; a wake-up is heard once
        } catch (KafkaException e) {
            throw KafkaFailures.explain(what, address, e);
        }
    }

    private static TopicPartition kafkas(SourcePartition partition) {
        return new TopicPartition(partition.topic(), partition.number());
    }

    private static Set<TopicPartition> kafkas(Collection<SourcePartition> partitions) {
        return partitions.stream().map(KafkaEventSource::kafkas).collect(Collectors.toSet());
    }

    private static SourcePartition ours(TopicPartition partition) {
        return new SourcePartition(partition.topic(), partition.partition());
    }

    private static Set<SourcePartition> ours(Collection<TopicPartition> partitions) {
        return partitions.stream().map(KafkaEventSource::ours).collect(Collectors.toSet());
    }

    private static Map<SourcePartition, Long> ours(Map<TopicPartition, Long> offsets) {
        Map<SourcePartition, Long> found = new HashMap<>();
        offsets.forEach((partition, offset) -> found.put(ours(partition), offset));
        return found;
    }

    private final class Listener implements ConsumerRebalanceListener {
        private final Rebalance rebalance;

        Listener(Rebalance rebalance) {
            this.rebalance = rebalance;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.pause(partitions); // until it is known where to begin
            rebalance.assigned(ours(partitions));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            rebalance.revoked(ours(partitions));
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            rebalance.lost(ours(partitions));
        }
    }
}
