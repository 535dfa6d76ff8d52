package io.callisto.server.cli.kafka;

import io.callisto.server.cli.DirectoryOption;
import io.callisto.server.kafkaha.BrokerControl;
import io.callisto.server.kafkaha.CommandBrokers;
import io.callisto.server.kafkaha.LocalBrokers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How brokers are stopped and started where they are not processes of the local cluster. */
final class ControlOption {
    @Option(
            names = "--exec",
            paramLabel = "COMMAND",
            description = "Restarts a broker, such as 'ssh {host} systemctl restart kafka'; {id}, {host}, {port} are"
                    + " the broker's.")
    private @Nullable String restart;

    @Option(names = "--stop-exec", paramLabel = "COMMAND", description = "Stops a broker.")
    private @Nullable String stop;

    @Option(names = "--start-exec", paramLabel = "COMMAND", description = "Starts a broker.")
    private @Nullable String start;

    @Option(
            names = "--exec-timeout",
            paramLabel = "SECONDS",
            defaultValue = "180",
            description = "Longest time for one such command (default: ${DEFAULT-VALUE}).")
    private int seconds = 180;

    boolean canRestart() {
        return restart != null || canStop();
    }

    boolean canStop() {
        return stop != null && start != null;
    }

    /** Commands where they are given, else the local cluster's processes, else nothing. */
    Optional<BrokerControl> control(
            boolean local, DirectoryOption cluster, Map<Integer, String> addresses, Consumer<String> progress) {
        if (canRestart()) {
            return Optional.of(new CommandBrokers(
                    new CommandBrokers.Commands(restart, stop, start),
                    addresses,
                    Duration.ofSeconds(seconds),
                    progress));
        }
        return local ? Optional.of(new LocalBrokers(cluster.cluster())) : Optional.empty();
    }
}
