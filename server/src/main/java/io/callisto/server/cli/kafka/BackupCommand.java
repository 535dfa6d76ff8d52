package io.callisto.server.cli.kafka;

import io.callisto.server.cluster.ClusterFailure;
import io.callisto.server.kafkaha.BackupManifest;
import io.callisto.server.kafkaha.KafkaAdmin;
import io.callisto.server.kafkaha.KafkaBackup;
import io.callisto.server.kafkaha.Revision;
import io.callisto.server.kafkaha.RevisionStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code callisto kafka-ha backup} (EV-11). */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Copies topics, settings and committed records, and the brokers' configuration, to a directory.")
final class BackupCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private KafkaOption kafka = new KafkaOption();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "New or empty directory.")
    private Path target = Path.of("");

    @Option(
            names = "--topics",
            paramLabel = "REGEX",
            defaultValue = ".*",
            description = "Which topics; Kafka's internal ones never (default: all).")
    private String topics = ".*";

    @Override
    public Integer call() {
        Pattern pattern;
        try {
            pattern = Pattern.compile(topics);
        } catch (PatternSyntaxException e) {
            throw new ClusterFailure("--topics is no regular expression: " + e.getMessage(), e);
        }
        try (KafkaAdmin admin = new KafkaAdmin(kafka.address(store.local(), store))) {
            Optional<Revision> present = store.find().flatMap(RevisionStore::present);
            BackupManifest manifest =
                    new KafkaBackup(admin, Clock.systemUTC(), output::progress).take(target, pattern, present);
            output.line(manifest.records() + " records of " + manifest.topics().size() + " topics are in " + target);
            output.result(Map.of(
                    "directory", target.toString(),
                    "topics", manifest.topics().size(),
                    "records", manifest.records()));
            return 0;
        }
    }
}
