package io.callisto.events.aggregate;

import io.callisto.event.contract.EventHeaders;
import io.callisto.event.contract.EventType;
import io.callisto.event.contract.TopicNaming;
import io.callisto.outbox.kafka.KafkaAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The log in Kafka. The consumer has its partitions assigned and its offsets told: no group, nothing is committed to
 * Kafka. Used by one thread at a time.
 */
final class KafkaEventSource implements EventSource {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final KafkaAddress address;
    private final TopicNaming naming;
    private final Admin admin;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, InputPartition> reading = new HashMap<>();
    private List<InputPartition> found = List.of();

    /**
     * Connects in the background.
     *
     * @param clientId appears in the brokers' logs and metrics
     * @throws KafkaException where the settings are unusable
     */
    KafkaEventSource(KafkaAddress address, TopicNaming naming, String clientId, int batch) {
        this.address = address;
        this.naming = naming;
        Admin made = Admin.create(address.impatient(clientId + "-admin"));
        try {
            consumer = new KafkaConsumer<>(config(address.impatient(clientId), batch));
        } catch (KafkaException e) {
            made.close(Duration.ZERO);
            throw e;
        }
        admin = made;
    }

    private static Map<String, Object> config(Map<String, Object> config, int batch) {
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        // Where to go on is decided here, never by the client.
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batch);
        // A broker gathers for a tenth of a second what comes slowly: fewer, larger transactions.
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "100");
        config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "65536");
        return config;
    }

    @Override
    public List<InputPartition> look(Collection<Integer> organisations, Set<EventType> types) {
        Map<String, InputPartition> wanted = new HashMap<>();
        for (int organisation : organisations) {
            for (EventType type : types) {
                String topic = naming.topic(type, organisation);
                wanted.put(topic, new InputPartition(type, organisation, topic, 0, new UUID(0, 0)));
            }
        }
        List<InputPartition> all = new ArrayList<>();
        Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                        wanted.keySet(), new DescribeTopicsOptions().timeoutMs(Math.toIntExact(LIMIT.toMillis())))
                .topicNameValues();
        wanted.forEach((topic, input) -> {
            TopicDescription description = description(topic, answers.get(topic));
            if (description != null) {
                Uuid id = description.topicId();
                UUID topicId = new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
                description
                        .partitions()
                        .forEach(partition -> all.add(new InputPartition(
                                input.type(), input.organisationId(), topic, partition.partition(), topicId)));
            }
        });
        found = List.copyOf(all);
        return found;
    }

    private @Nullable TopicDescription description(String topic, @Nullable KafkaFuture<TopicDescription> answer) {
        try {
            return answer == null ? null : get(answer, "asking for topic " + topic);
        } catch (SourceFailure e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException
                    || e.getCause() instanceof InvalidTopicException) {
                return null;
            }
            throw e;
        }
    }

    private <T> T get(KafkaFuture<T> answer, String what) {
        try {
            return answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new SourceFailure(what + " at Kafka " + address, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new SourceFailure(what + " at Kafka " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceFailure(what, e);
        }
    }

    @Override
    public List<InputPartition> lastLook() {
        return found;
    }

    @Override
    public void read(Map<InputPartition, Position> from) {
        Map<TopicPartition, InputPartition> before = Map.copyOf(reading);
        reading.clear();
        from.keySet().forEach(partition -> reading.put(kafka(partition), partition));
        consumer.assign(reading.keySet());
        from.forEach((partition, position) -> {
            TopicPartition where = kafka(partition);
            if (!partition.equals(before.get(where)) || consumer.position(where, LIMIT) != position.nextOffset()) {
                Integer leaderEpoch = position.leaderEpoch();
                consumer.seek(
                        where, new OffsetAndMetadata(position.nextOffset(), Optional.ofNullable(leaderEpoch), ""));
            }
        });
    }

    private static TopicPartition kafka(InputPartition partition) {
        return new TopicPartition(partition.topic(), partition.partition());
    }

    @Override
    public void hold(Set<InputPartition> held) {
        Set<TopicPartition> wanted = new HashSet<>();
        held.forEach(partition -> wanted.add(kafka(partition)));
        wanted.retainAll(reading.keySet());
        Set<TopicPartition> now = consumer.paused();
        if (!now.equals(wanted)) {
            consumer.resume(now);
            consumer.pause(wanted);
        }
    }

    @Override
    public Polled poll(Duration atMost) {
        if (reading.isEmpty()) {
            return Polled.NOTHING;
        }
        try {
            return polled(consumer.poll(atMost));
        } catch (LogTruncationException e) {
            return truncated(e);
        } catch (OffsetOutOfRangeException e) {
            return outOfRange(e.offsetOutOfRangePartitions());
        }
    }

    private Polled polled(ConsumerRecords<byte[], byte[]> records) {
        List<InputRecord> inputs = new ArrayList<>(records.count());
        Map<InputPartition, Position> next = new HashMap<>();
        for (TopicPartition where : records.partitions()) {
            InputPartition partition = reading.get(where);
            List<ConsumerRecord<byte[], byte[]>> found = records.records(where);
            if (partition == null || found.isEmpty()) {
                continue;
            }
            found.forEach(record -> inputs.add(input(partition, record)));
            ConsumerRecord<byte[], byte[]> last = found.get(found.size() - 1);
            next.put(
                    partition,
                    new Position(
                            last.offset() + 1,
                            last.leaderEpoch().orElse(null),
                            Instant.ofEpochMilli(Math.max(0, last.timestamp()))));
        }
        return new Polled(inputs, next, List.of());
    }

    private static InputRecord input(InputPartition partition, ConsumerRecord<byte[], byte[]> record) {
        return new InputRecord(
                partition,
                record.offset(),
                Instant.ofEpochMilli(Math.max(0, record.timestamp())),
                header(record, EventHeaders.DATA_SCHEMA),
                header(record, EventHeaders.TYPE),
                record.value() == null ? null : ByteBuffer.wrap(record.value()));
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** What we have read at the end is gone: on from where the log and we agree. */
    private Polled truncated(LogTruncationException e) {
        Map<InputPartition, Position> next = new HashMap<>();
        List<Gap> gaps = new ArrayList<>();
        e.divergentOffsets().forEach((where, agreed) -> {
            InputPartition partition = reading.get(where);
            if (partition != null) {
                next.put(
                        partition,
                        new Position(agreed.offset(), agreed.leaderEpoch().orElse(null), null));
                gaps.add(new Gap(partition, GapReason.TRUNCATED, 0));
                consumer.seek(where, agreed);
            }
        });
        if (next.isEmpty()) {
            return outOfRange(e.offsetOutOfRangePartitions());
        }
        return new Polled(List.of(), next, gaps);
    }

    /** Before the begin: retention was faster. Behind the end: the log was cut off, and nobody knows where. */
    private Polled outOfRange(Map<TopicPartition, Long> wanted) {
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(wanted.keySet(), LIMIT);
        Map<TopicPartition, Long> ends = consumer.endOffsets(wanted.keySet(), LIMIT);
        Map<InputPartition, Position> next = new HashMap<>();
        List<Gap> gaps = new ArrayList<>();
        wanted.forEach((where, offset) -> {
            InputPartition partition = reading.get(where);
            if (partition == null) {
                return;
            }
            long begin = begins.getOrDefault(where, 0L);
            long end = ends.getOrDefault(where, begin);
            boolean deleted = offset < begin;
            long to = deleted ? begin : Math.min(offset, end);
            gaps.add(new Gap(
                    partition, deleted ? GapReason.DELETED : GapReason.TRUNCATED, deleted ? begin - offset : 0));
            next.put(partition, Position.at(to));
            consumer.seek(where, to);
        });
        return new Polled(List.of(), next, gaps);
    }

    @Override
    public OptionalLong lag(InputPartition partition) {
        TopicPartition where = kafka(partition);
        return reading.containsKey(where) ? consumer.currentLag(where) : OptionalLong.empty();
    }

    @Override
    public long position(InputPartition partition) {
        return consumer.position(kafka(partition), LIMIT);
    }

    @Override
    public Map<InputPartition, Long> ends(Collection<InputPartition> partitions) {
        return offsets(partitions, OffsetSpec.latest());
    }

    @Override
    public Map<InputPartition, Long> begins(Collection<InputPartition> partitions) {
        return offsets(partitions, OffsetSpec.earliest());
    }

    private Map<InputPartition, Long> offsets(Collection<InputPartition> partitions, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(kafka(partition), spec));
        var answers = admin.listOffsets(
                asked,
                new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED).timeoutMs(Math.toIntExact(LIMIT.toMillis())));
        Map<InputPartition, Long> offsets = new HashMap<>();
        for (InputPartition partition : partitions) {
            offsets.put(
                    partition,
                    get(answers.partitionResult(kafka(partition)), "asking for offsets of " + partition)
                            .offset());
        }
        return offsets;
    }

    @Override
    public long firstSince(InputPartition partition, Instant time) {
        long offset = offsets(List.of(partition), OffsetSpec.forTimestamp(time.toEpochMilli()))
                .getOrDefault(partition, -1L);
        return offset >= 0 ? offset : ends(List.of(partition)).getOrDefault(partition, 0L);
    }

    @Override
    public void close() {
        // There is no group to leave; a broker that is gone must not be waited for.
        consumer.close(CloseOptions.timeout(Duration.ZERO));
        admin.close(Duration.ZERO);
    }
}
