package io.callisto.server.kafkaha;

import io.callisto.server.cluster.ClusterFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic of its own for a trial, with a partition for every broker; deleted at the end. Used by one thread. */
public final class ProbeTopic implements FailureTrial.WriteProbe, AutoCloseable {
    private static final int RECORDS = 20;
    private static final int POLLS = 60;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final KafkaAdmin admin;
    private final String name;
    private final int partitions;
    private int sent;

    /**
     * Makes it.
     *
     * @param name not in use
     */
    public ProbeTopic(KafkaAdmin admin, String name, Expectation expected, int brokers) {
        this.admin = admin;
        this.name = name;
        this.partitions = brokers;
        NewTopic topic = new NewTopic(name, partitions, (short) expected.replicationFactor())
                .configs(Map.of("min.insync.replicas", Integer.toString(expected.minInsyncReplicas())));
        admin.await(
                "creating topic " + name,
                admin.client().createTopics(List.of(topic)).all());
    }

    @Override
    public int write() {
        Map<String, Object> config = admin.address().client("callisto-kafka-ha-probe");
        config.put("acks", "all");
        config.put("enable.idempotence", "true");
        config.put("delivery.timeout.ms", Long.toString(LIMIT.toMillis()));
        config.put("max.block.ms", Long.toString(LIMIT.toMillis()));
        config.put("request.timeout.ms", "5000");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sends = new ArrayList<>();
            for (int i = 0; i < RECORDS; i++) {
                sends.add(producer.send(new ProducerRecord<>(name, i % partitions, "probe", "record " + sent++)));
            }
            for (Future<RecordMetadata> send : sends) {
                send.get(LIMIT.toMillis() + 1_000, TimeUnit.MILLISECONDS);
            }
            return RECORDS;
        } catch (KafkaException | ExecutionException | TimeoutException e) {
            Throwable cause = e instanceof ExecutionException ? Objects.requireNonNullElse(e.getCause(), e) : e;
            throw new ClusterFailure("writing failed: " + cause, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterFailure("interrupted while writing", e);
        }
    }

    @Override
    public int readable() {
        Map<String, Object> config = new HashMap<>(admin.address().impatient("callisto-kafka-ha-probe"));
        config.put("enable.auto.commit", "false");
        int found = 0;
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> all = new ArrayList<>();
            for (int i = 0; i < partitions; i++) {
                all.add(new TopicPartition(name, i));
            }
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            for (int poll = 0; poll < POLLS && behind(consumer, ends); poll++) {
                found += consumer.poll(Duration.ofMillis(500)).count();
            }
        } catch (KafkaException e) {
            throw new ClusterFailure("reading failed: " + e, e);
        }
        return found;
    }

    private static boolean behind(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    @Override
    public void close() {
        admin.await(
                "deleting topic " + name,
                admin.client().deleteTopics(List.of(name)).all());
    }
}
