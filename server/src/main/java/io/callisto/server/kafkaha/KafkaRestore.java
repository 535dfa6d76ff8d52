package io.callisto.server.kafkaha;

import io.callisto.server.cluster.ClusterFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings a backup into a cluster without these records: makes the topics with their settings and writes every record
 * again, in order, with its time, key and headers. Offsets are new ones. Used by one thread.
 */
public final class KafkaRestore {
    private static final int BATCH = 2_000;

    private final KafkaAdmin admin;
    private final Consumer<String> progress;
    private final JsonMapper json = JsonMapper.builder().build();

    public KafkaRestore(KafkaAdmin admin, Consumer<String> progress) {
        this.admin = admin;
        this.progress = progress;
    }

    /**
     * Restores.
     *
     * @param replication of all topics; null: as they had it, at most the brokers there are
     * @throws ClusterFailure before anything is changed, where the backup is damaged or a topic holds records; later
     *     where Kafka fails
     */
    public BackupManifest from(Path source, @Nullable Integer replication) {
        BackupManifest manifest = manifest(source);
        requireWhole(source, manifest);
        ClusterSnapshot cluster = admin.snapshot();
        requireEmpty(cluster, manifest);
        create(cluster, manifest, replication);
        try {
            for (BackupManifest.FileEntry file : manifest.files()) {
                write(source, file);
            }
        } catch (IOException | JacksonException | KafkaException | ExecutionException e) {
            Throwable cause = e instanceof ExecutionException ? Objects.requireNonNullElse(e.getCause(), e) : e;
            throw incomplete(cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw incomplete(e);
        }
        return manifest;
    }

    private static ClusterFailure incomplete(Throwable cause) {
        return new ClusterFailure(
                "the restore is not complete: " + cause
                        + ". Delete the restored topics (or take a new cluster) and begin again.",
                cause);
    }

    private BackupManifest manifest(Path source) {
        Path file = source.resolve("manifest.json");
        if (!Files.exists(file)) {
            throw new ClusterFailure(source + " is no complete backup: it has no manifest.json");
        }
        try {
            BackupManifest manifest = json.readValue(Files.readAllBytes(file), BackupManifest.class);
            if (manifest.format() != BackupManifest.FORMAT) {
                throw new ClusterFailure(
                        file + " has format " + manifest.format() + ", this version knows " + BackupManifest.FORMAT);
            }
            return manifest;
        } catch (IOException | JacksonException e) {
            throw new ClusterFailure("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static void requireWhole(Path source, BackupManifest manifest) {
        for (BackupManifest.FileEntry file : manifest.files()) {
            try {
                if (!Digest.text(FileDigest.of(source.resolve(file.name()))).equals(file.sha256())) {
                    throw new ClusterFailure(source.resolve(file.name())
                            + " is not what was backed up (its SHA-256 differs); nothing was restored");
                }
            } catch (IOException e) {
                throw new ClusterFailure(
                        "cannot read " + source.resolve(file.name()) + ": " + e.getMessage() + "; nothing was restored",
                        e);
            }
        }
    }

    private void requireEmpty(ClusterSnapshot cluster, BackupManifest manifest) {
        List<String> full = new ArrayList<>();
        for (BackupManifest.TopicEntry topic : manifest.topics()) {
            ClusterSnapshot.Topic found = cluster.topic(topic.name());
            if (found == null) {
                continue;
            }
            if (found.partitions().size() < topic.partitions()) {
                full.add(topic.name() + " (has " + found.partitions().size() + " partitions, needs "
                        + topic.partitions() + ")");
                continue;
            }
            Map<TopicPartition, OffsetSpec> latest = new java.util.HashMap<>();
            found.partitions()
                    .forEach(p -> latest.put(new TopicPartition(topic.name(), p.number()), OffsetSpec.latest()));
            boolean written = admin
                    .await("reading offsets", admin.client().listOffsets(latest).all())
                    .values()
                    .stream()
                    .anyMatch(offset -> offset.offset() > 0);
            if (written) {
                full.add(topic.name());
            }
        }
        if (!full.isEmpty()) {
            throw new ClusterFailure("these topics are in use: " + String.join(", ", full)
                    + ". A restore would double their events; restore into an empty cluster. Nothing was restored.");
        }
    }

    private void create(ClusterSnapshot cluster, BackupManifest manifest, @Nullable Integer replication) {
        List<NewTopic> missing = new ArrayList<>();
        for (BackupManifest.TopicEntry topic : manifest.topics()) {
            if (cluster.topic(topic.name()) == null) {
                int wanted = replication == null ? topic.replicas() : replication;
                int replicas = Math.min(wanted, cluster.brokers().size());
                missing.add(new NewTopic(topic.name(), topic.partitions(), (short) replicas).configs(topic.config()));
            }
        }
        admin.await("creating the topics", admin.client().createTopics(missing).all());
        progress.accept(missing.size() + " topics created");
    }

    private void write(Path source, BackupManifest.FileEntry file)
            throws IOException, ExecutionException, InterruptedException {
        Map<String, Object> config = admin.address().client("callisto-kafka-restore");
        config.put("acks", "all");
        config.put("enable.idempotence", "true");
        config.put("compression.type", "zstd");
        config.put("linger.ms", "20");
        long written = 0;
        try (KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
                BufferedReader lines = Files.newBufferedReader(source.resolve(file.name()))) {
            List<Future<RecordMetadata>> sends = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                RecordLine record = json.readValue(line, RecordLine.class);
                sends.add(producer.send(record.record(file.topic(), file.partition())));
                written++;
                if (sends.size() == BATCH) {
                    acknowledged(producer, sends);
                }
            }
            acknowledged(producer, sends);
        }
        if (written != file.records()) {
            throw new IOException(file.name() + " has " + written + " records, should have " + file.records());
        }
        progress.accept(file.topic() + "-" + file.partition() + ": " + written + " records");
    }

    private static void acknowledged(KafkaProducer<byte[], byte[]> producer, List<Future<RecordMetadata>> sends)
            throws ExecutionException, InterruptedException {
        producer.flush();
        for (Future<RecordMetadata> send : sends) {
            send.get();
        }
        sends.clear();
    }
}
