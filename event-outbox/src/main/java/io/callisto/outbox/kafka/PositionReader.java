package io.callisto.outbox.kafka;

import io.callisto.domain.Ticker;
import io.callisto.outbox.relay.EventLogFailure;
import io.callisto.outbox.relay.RowIds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the newest committed position of a shard. The end is taken first, and uncommitted records count for it; then
 * all up to it is read with read_committed, which waits until every transaction before it is decided. It looks at the
 * last few records first: compaction is lazy, and a takeover must not read a day of positions. Used by one thread at a
 * time.
 */
final class PositionReader implements AutoCloseable {
    private static final long FIRST_LOOK = 64;
    private static final long LOOK_GROWTH = 16;

    private final KafkaAddress address;
    private final Ticker ticker;
    private final Duration limit;
    private final int shard;
    private final KafkaConsumer<String, String> consumer;

    /**
     * Connects in the background.
     *
     * @throws KafkaException where the address is unusable
     */
    PositionReader(int shard, KafkaAddress address, Ticker ticker, Duration limit) {
        this.shard = shard;
        this.address = address;
        this.ticker = ticker;
        this.limit = limit;
        this.consumer = new KafkaConsumer<>(config(shard, address));
    }

    private static Map<String, Object> config(int shard, KafkaAddress address) {
        Map<String, Object> config = address.impatient("callisto-outbox-position-" + shard);
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName());
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName());
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "100");
        return config;
    }

    RowIds read(Admin admin) {
        TopicPartition partition = new TopicPartition(PositionTopic.NAME, shard);
        long deadline = ticker.nanos() + limit.toNanos();
        try {
            long end = end(admin, partition);
            consumer.assign(List.of(partition));
            long begin = consumer.beginningOffsets(List.of(partition), limit).getOrDefault(partition, 0L);
            String value = null;
            long look = FIRST_LOOK;
            long from = end;
            while (value == null && from > begin) {
                from = Math.max(begin, end - look);
                look *= LOOK_GROWTH;
                consumer.seek(partition, from);
                value = last(partition, end, deadline);
            }
            return value == null ? RowIds.NONE : PositionTopic.rows(value);
        } catch (KafkaException e) {
            throw new EventLogFailure(
                    EventLogFailure.Kind.UNAVAILABLE, "reading " + partition + " at Kafka " + address, e);
        } catch (IllegalArgumentException e) {
            throw new EventLogFailure(
                    EventLogFailure.Kind.UNAVAILABLE,
                    partition + " at Kafka " + address + " holds a foreign record",
                    e);
        }
    }

    private long end(Admin admin, TopicPartition partition) {
        try {
            return admin.listOffsets(
                            Map.of(partition, OffsetSpec.latest()),
                            new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED)
                                    .timeoutMs(Math.toIntExact(limit.toMillis())))
                    .partitionResult(partition)
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .offset();
        } catch (ExecutionException | TimeoutException e) {
            throw new EventLogFailure(
                    EventLogFailure.Kind.UNAVAILABLE, "asking for the end of " + partition + " at Kafka " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EventLogFailure(EventLogFailure.Kind.UNAVAILABLE, "interrupted", e);
        }
    }

    private @Nullable String last(TopicPartition partition, long end, long deadline) {
        String value = null;
        while (consumer.position(partition, limit) < end) {
            if (ticker.nanos() - deadline > 0) {
                throw new EventLogFailure(
                        EventLogFailure.Kind.UNAVAILABLE,
                        "an open transaction or a slow broker keeps " + partition + " at Kafka " + address
                                + " from being read to offset " + end);
            }
            for (ConsumerRecord<String, String> found : consumer.poll(Duration.ofMillis(100))) {
                if (found.offset() < end
                        && PositionTopic.key(partition.partition()).equals(found.key())) {
                    value = found.value();
                }
            }
        }
        return value;
    }

    @Override
    public void close() {
        // There is no group to leave; a broker that is gone must not be waited for.
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
