package io.callisto.server.kafkaha;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.outbox.kafka.KafkaAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A transactional producer that counts up in every partition, ten numbers to a transaction, and a reader of what is
 * committed.
 */
final class SteadyLoad implements AutoCloseable {
    private static final int NUMBERS = 10;

    private final KafkaAddress address;
    private final String topic;
    private final int partitions;
    private final Thread thread;
    private final AtomicLong committed = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private final AtomicBoolean wanted = new AtomicBoolean(true);
    private final CountDownLatch pause = new CountDownLatch(1);
    private volatile @Nullable Throwable failure;

    SteadyLoad(KafkaAddress address, String topic, int partitions) {
        this.address = address;
        this.topic = topic;
        this.partitions = partitions;
        this.thread = new Thread(this::produce, "load");
        thread.start();
    }

    /** Numbers committed in each partition so far. */
    long committed() {
        assertThat(failure).isNull();
        return committed.get();
    }

    private void produce() {
        Map<String, Object> config = address.client("load");
        config.put("transactional.id", "load");
        config.put("acks", "all");
        config.put("max.block.ms", "60000");
        config.put("request.timeout.ms", "5000");
        config.put("delivery.timeout.ms", "120000");
        try (KafkaProducer<Long, Long> producer =
                new KafkaProducer<>(config, new LongSerializer(), new LongSerializer())) {
            producer.initTransactions();
            while (wanted.get()) {
                transaction(producer);
                if (pause.await(10, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (KafkaException | InterruptedException e) {
            failure = e;
        }
    }

    /** A transaction that fails is aborted and its numbers are sent again; a commit in doubt is asked for again. */
    private void transaction(KafkaProducer<Long, Long> producer) {
        long first = committed.get();
        producer.beginTransaction();
        try {
            for (long number = first; number < first + NUMBERS; number++) {
                for (int partition = 0; partition < partitions; partition++) {
                    Future<RecordMetadata> unused =
                            producer.send(new ProducerRecord<>(topic, partition, number, number));
                }
            }
            producer.flush();
        } catch (KafkaException e) {
            producer.abortTransaction();
            return;
        }
        while (inDoubt(producer)) {
            retries.incrementAndGet();
        }
    }

    private boolean inDoubt(KafkaProducer<Long, Long> producer) {
        try {
            producer.commitTransaction();
            committed.addAndGet(NUMBERS);
            return false;
        } catch (TimeoutException e) {
            return true;
        } catch (KafkaException e) {
            producer.abortTransaction(); // a record had failed, so nothing was committed
            return false;
        }
    }

    void stop() throws InterruptedException {
        wanted.set(false);
        thread.join(Duration.ofMinutes(3).toMillis());
        assertThat(thread.isAlive()).isFalse();
        assertThat(failure).isNull();
    }

    void assertEachOnceInOrder() {
        Map<String, Object> config = address.impatient("reader");
        config.put("isolation.level", "read_committed");
        config.put("enable.auto.commit", "false");
        try (KafkaConsumer<Long, Long> consumer =
                new KafkaConsumer<>(config, new LongDeserializer(), new LongDeserializer())) {
            List<Long> wantedNumbers =
                    LongStream.range(0, committed.get()).boxed().toList();
            for (int number : IntStream.range(0, partitions).toArray()) {
                TopicPartition partition = new TopicPartition(topic, number);
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
                List<Long> found = new ArrayList<>();
                while (consumer.position(partition) < end) {
                    for (ConsumerRecord<Long, Long> record : consumer.poll(Duration.ofSeconds(1))) {
                        found.add(record.value());
                    }
                }
                Set<Long> missing = new TreeSet<>(wantedNumbers);
                found.forEach(missing::remove);
                assertThat(missing).as("lost in %s", partition).isEmpty();
                assertThat(found).as("each once, in order, in %s", partition).isEqualTo(wantedNumbers);
            }
        }
        System.out.println("read " + committed.get() + " numbers in each of " + partitions + " partitions; "
                + retries.get() + " commits in doubt");
    }

    @Override
    public void close() {
        wanted.set(false);
        pause.countDown();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
