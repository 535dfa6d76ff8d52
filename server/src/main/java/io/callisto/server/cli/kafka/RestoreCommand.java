package io.callisto.server.cli.kafka;

import io.callisto.server.kafkaha.BackupManifest;
import io.callisto.server.kafkaha.KafkaAdmin;
import io.callisto.server.kafkaha.KafkaRestore;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code callisto kafka-ha restore} (EV-11). */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Brings a backup into an empty cluster: topics with their settings, records with time, key and headers.",
            "Topics that hold records are refused. Offsets are new ones; see docs/operating/kafka.md."
        })
final class RestoreCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private KafkaOption kafka = new KafkaOption();

    @Option(names = "--from", paramLabel = "DIR", required = true, description = "A backup.")
    private Path source = Path.of("");

    @Option(
            names = "--replication",
            paramLabel = "N",
            description = "Replicas of the topics (default: as in the backup, at most the brokers there are).")
    private @Nullable Integer replication;

    @Override
    public Integer call() {
        try (KafkaAdmin admin = new KafkaAdmin(kafka.address(store.local(), store))) {
            BackupManifest manifest = new KafkaRestore(admin, output::progress).from(source, replication);
            output.line(manifest.records() + " records of " + manifest.topics().size() + " topics are restored");
            output.result(Map.of("topics", manifest.topics().size(), "records", manifest.records()));
            return 0;
        }
    }
}
