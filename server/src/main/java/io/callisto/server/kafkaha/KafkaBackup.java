package io.callisto.server.kafkaha;

import io.callisto.server.cluster.ClusterFailure;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Copies topics, their settings and their committed records into a directory: one file of JSON lines per partition, and
 * a manifest at the end. Brokers and clients go on meanwhile; what is written after a partition's turn began is not in
 * it. Used by one thread.
 */
public final class KafkaBackup {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaAdmin admin;
    private final Clock clock;
    private final Consumer<String> progress;
    private final JsonMapper json = JsonMapper.builder().build();

    public KafkaBackup(KafkaAdmin admin, Clock clock, Consumer<String> progress) {
        this.admin = admin;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Takes a backup.
     *
     * @param target directory that does not exist or is empty
     * @param topics which ones; Kafka's internal topics never
     * @param present configuration of the brokers, kept beside the records
     */
    public BackupManifest take(Path target, Pattern topics, Optional<Revision> present) {
        try {
            prepare(target);
            ClusterSnapshot cluster = admin.snapshot();
            List<ClusterSnapshot.Topic> chosen = cluster.topics().stream()
                    .filter(topic -> !topic.name().startsWith("__"))
                    .filter(topic -> topics.matcher(topic.name()).matches())
                    .toList();
            List<BackupManifest.TopicEntry> entries = entries(chosen);
            List<BackupManifest.FileEntry> files = records(target, chosen);
            if (present.isPresent()) {
                for (Map.Entry<Integer, String> file :
                        present.get().properties().entrySet()) {
                    WholeFile.write(
                            target.resolve("configuration").resolve(file.getKey() + ".server.properties"),
                            file.getValue().getBytes(StandardCharsets.UTF_8));
                }
                WholeFile.write(target.resolve("configuration/revision.json"), json.writeValueAsBytes(present.get()));
            }
            BackupManifest manifest = new BackupManifest(
                    BackupManifest.FORMAT,
                    cluster.clusterId(),
                    clock.instant().toString(),
                    cluster.brokers(),
                    entries,
                    files,
                    present.map(Revision::number).orElse(0));
            JsonMapper pretty = JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();
            WholeFile.write(target.resolve("manifest.json"), pretty.writeValueAsBytes(manifest));
            return manifest;
        } catch (IOException e) {
            throw new ClusterFailure("cannot write the backup to " + target + ": " + e.getMessage(), e);
        } catch (KafkaException e) {
            throw new ClusterFailure("cannot read all records: " + e + ". The backup is not complete.", e);
        }
    }

    private static void prepare(Path target) throws IOException {
        Files.createDirectories(target);
        try (java.util.stream.Stream<Path> files = Files.list(target)) {
            if (files.findAny().isPresent()) {
                throw new ClusterFailure(
                        target + " is not empty; a backup never overwrites another. Give a new --out.");
            }
        }
        Files.createDirectories(target.resolve("records"));
    }

    private List<BackupManifest.TopicEntry> entries(List<ClusterSnapshot.Topic> topics) {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()))
                .toList();
        Map<String, Map<String, String>> own = new TreeMap<>();
        admin.await(
                        "reading the settings of the topics",
                        admin.client().describeConfigs(resources).all())
                .forEach((resource, config) -> {
                    Map<String, String> set = new TreeMap<>();
                    config.entries().stream()
                            .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                            .filter(entry -> entry.value() != null)
                            .forEach(entry -> set.put(entry.name(), entry.value()));
                    own.put(resource.name(), set);
                });
        return topics.stream()
                .map(topic -> new BackupManifest.TopicEntry(
                        topic.name(),
                        topic.partitions().size(),
                        topic.partitions().get(0).replicas().size(),
                        own.getOrDefault(topic.name(), Map.of())))
                .toList();
    }

    private List<BackupManifest.FileEntry> records(Path target, List<ClusterSnapshot.Topic> topics) throws IOException {
        Map<String, Object> config = admin.address().impatient("callisto-kafka-backup");
        config.put("isolation.level", "read_committed");
        config.put("enable.auto.commit", "false");
        config.put("auto.offset.reset", "none");
        List<BackupManifest.FileEntry> files = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (ClusterSnapshot.Topic topic : topics) {
                for (ClusterSnapshot.Partition partition : topic.partitions()) {
                    files.add(partition(consumer, target, new TopicPartition(topic.name(), partition.number())));
                }
            }
        }
        return files;
    }

    private BackupManifest.FileEntry partition(
            KafkaConsumer<byte[], byte[]> consumer, Path target, TopicPartition partition) throws IOException {
        consumer.assign(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        consumer.seek(partition, consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L));
        String name = "records/" + partition.topic() + "-" + partition.partition() + ".jsonl";
        MessageDigest digest = Digest.fresh();
        long count = 0;
        long first = -1;
        try (BufferedWriter out = new BufferedWriter(new OutputStreamWriter(
                new DigestOutputStream(Files.newOutputStream(target.resolve(name)), digest), StandardCharsets.UTF_8))) {
            int empty = 0;
            while (consumer.position(partition) < end) {
                long before = consumer.position(partition);
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    if (record.offset() < end) {
                        out.write(json.writeValueAsString(RecordLine.of(record)));
                        out.write('\n');
                        first = first < 0 ? record.offset() : first;
                        count++;
                    }
                }
                empty = consumer.position(partition) == before ? empty + 1 : 0;
                if (empty > PATIENCE.toSeconds()) {
                    throw new ClusterFailure("no more records of " + partition + " at offset " + before + " of " + end
                            + " for " + PATIENCE.toSeconds() + " s; the backup is not complete");
                }
            }
        }
        progress.accept(partition + ": " + count + " records");
        return new BackupManifest.FileEntry(
                name, partition.topic(), partition.partition(), count, first, end, Digest.text(digest.digest()));
    }
}
