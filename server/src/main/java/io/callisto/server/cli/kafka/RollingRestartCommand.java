package io.callisto.server.cli.kafka;

import io.callisto.server.kafkaha.BrokerControl;
import io.callisto.server.kafkaha.ClusterSnapshot;
import io.callisto.server.kafkaha.ClusterWatch;
import io.callisto.server.kafkaha.KafkaAdmin;
import io.callisto.server.kafkaha.RestartRecord;
import io.callisto.server.kafkaha.RollingRestart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code callisto kafka-ha rolling-restart} (EV-11). */
@Command(
        name = "rolling-restart",
        mixinStandardHelpOptions = true,
        description = {
            "Restarts all brokers, one at a time, each only while all others have everything; loses nothing.",
            "The local cluster's by itself, others with --exec; without that it says what to do.",
            "It stops where something is wrong and goes on there the next time."
        })
final class RollingRestartCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private KafkaOption kafka = new KafkaOption();

    @Mixin
    private ControlOption control = new ControlOption();

    @Option(
            names = "--expect-brokers",
            paramLabel = "ID,...",
            split = ",",
            description = "Broker ids there should be (default: those that are there).")
    private @Nullable List<Integer> brokers;

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "Longest wait for one broker to be back with everything (default: ${DEFAULT-VALUE}).")
    private int seconds = 600;

    @Option(
            names = "--progress",
            paramLabel = "FILE",
            description = "Where it is remembered what is done (default: in the data directory of --dir).")
    private @Nullable Path progress;

    @Option(names = "--from-start", description = "Forget an earlier round that was not finished.")
    private boolean fromStart;

    @Override
    public Integer call() {
        boolean local = !kafka.elsewhere() && store.local().exists();
        try (KafkaAdmin admin = new KafkaAdmin(kafka.address(store.local(), store))) {
            ClusterSnapshot cluster = admin.snapshot();
            Optional<BrokerControl> how = control.control(local, store.local(), cluster.brokers(), output::progress);
            if (how.isEmpty()) {
                byHand(cluster);
                return 1;
            }
            RestartRecord record = new RestartRecord(
                    progress == null ? store.local().directory().resolve("kafka-rolling-restart.json") : progress);
            if (fromStart) {
                record.forget();
            }
            ClusterWatch watch = new ClusterWatch(admin::snapshot, System::nanoTime, output::progress);
            List<Integer> done =
                    new RollingRestart(watch, how.get(), record, Duration.ofSeconds(seconds)).run(expected(local));
            admin.electPreferredLeaders();
            output.line("restarted " + done + "; every partition is complete");
            output.result(Map.of("restarted", done));
            return 0;
        }
    }

    private List<Integer> expected(boolean local) {
        if (brokers != null) {
            return brokers;
        }
        return local ? List.copyOf(ExpectedOption.localBrokers(store)) : List.of();
    }

    private void byHand(ClusterSnapshot cluster) {
        output.line(
                "How are the brokers restarted? Give --exec 'ssh {host} systemctl restart kafka', or do it by hand:");
        cluster.brokers()
                .forEach((id, address) -> output.line("  restart broker " + id + " (" + address
                        + "), then wait until this passes: callisto kafka-ha verify --bootstrap "
                        + String.join(",", cluster.brokers().values())));
        output.result(Map.of("restarted", List.of(), "brokers", cluster.brokers()));
    }
}
