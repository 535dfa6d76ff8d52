package io.callisto.server.cli.kafka;

import io.callisto.server.kafkaha.ClusterWatch;
import io.callisto.server.kafkaha.KafkaAdmin;
import io.callisto.server.kafkaha.ReplicaSpread;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code callisto kafka-ha spread}. */
@Command(
        name = "spread",
        mixinStandardHelpOptions = true,
        description = "Adds replicas to all partitions that have too few, after brokers were added.")
final class SpreadCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private KafkaOption kafka = new KafkaOption();

    @Option(
            names = "--replication",
            paramLabel = "N",
            defaultValue = "3",
            description = "Replicas of every partition (default: ${DEFAULT-VALUE}).")
    private int replication = 3;

    @Option(
            names = "--limit",
            paramLabel = "MINUTES",
            defaultValue = "60",
            description = "Longest wait for the copies (default: ${DEFAULT-VALUE}).")
    private int minutes = 60;

    @Override
    public Integer call() {
        try (KafkaAdmin admin = new KafkaAdmin(kafka.address(store.local(), store))) {
            ClusterWatch watch = new ClusterWatch(admin::snapshot, System::nanoTime, output::progress);
            int changed = new ReplicaSpread(admin, watch).run(replication, Duration.ofMinutes(minutes));
            output.line(changed == 0 ? "every partition has " + replication + " replicas already" : "done");
            output.result(Map.of("partitions", changed));
            return 0;
        }
    }
}
