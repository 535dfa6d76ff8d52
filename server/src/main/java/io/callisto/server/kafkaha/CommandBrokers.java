package io.callisto.server.kafkaha;

import io.callisto.server.cluster.ClusterFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brokers that a command of the operator restarts, such as {@code ssh {host} systemctl restart kafka}. Placeholders:
 * {@code {id}}, {@code {host}}, {@code {port}}.
 */
public final class CommandBrokers implements BrokerControl {
    private final Commands commands;
    private final Map<Integer, String> addresses;
    private final Duration limit;
    private final Consumer<String> progress;

    /**
     * What to run.
     *
     * @param restart stops and starts a broker; null: stop, then start
     * @param stop stops one; null: not known
     * @param start starts one; null: not known
     */
    public record Commands(
            @Nullable String restart,
            @Nullable String stop,
            @Nullable String start) {}

    /**
     * @param addresses {@code host:port} of each broker by id
     * @param limit for one command
     */
    public CommandBrokers(
            Commands commands, Map<Integer, String> addresses, Duration limit, Consumer<String> progress) {
        this.commands = commands;
        this.addresses = Map.copyOf(addresses);
        this.limit = limit;
        this.progress = progress;
    }

    @Override
    public void stop(int broker) {
        run(broker, require(commands.stop(), "--stop-exec"));
    }

    @Override
    public void start(int broker) {
        run(broker, require(commands.start(), "--start-exec"));
    }

    @Override
    public void restart(int broker) {
        if (commands.restart() == null) {
            stop(broker);
            start(broker);
        } else {
            run(broker, commands.restart());
        }
    }

    @Override
    public String describe(int broker) {
        String command = commands.restart() != null ? commands.restart() : commands.stop();
        return command == null ? "broker " + broker : command(broker, command);
    }

    private static String require(@Nullable String command, String option) {
        if (command == null) {
            throw new ClusterFailure(
                    "how is a broker stopped and started? Give " + option + " 'ssh {host} systemctl ... kafka'");
        }
        return command;
    }

    private String command(int broker, String template) {
        String address = addresses.get(broker);
        if (address == null) {
            throw new ClusterFailure("nobody knows the address of broker " + broker);
        }
        int colon = address.lastIndexOf(':');
        String host = address.substring(0, colon).replace("[", "").replace("]", "");
        if (!host.matches("[A-Za-z0-9._:%-]+")) {
            throw new ClusterFailure("broker " + broker + " calls its host '" + host + "', which is no host name");
        }
        return template.replace("{id}", Integer.toString(broker))
                .replace("{host}", host)
                .replace("{port}", address.substring(colon + 1));
    }

    private void run(int broker, String template) {
        String command = command(broker, template);
        progress.accept("  $ " + command);
        try {
            Path output = Files.createTempFile("callisto-kafka-ha", ".log");
            try {
                Process process = new ProcessBuilder("sh", "-c", command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                process.getOutputStream().close();
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                    throw new ClusterFailure("no end after " + limit.toSeconds() + " s: " + command);
                }
                if (process.exitValue() != 0) {
                    throw new ClusterFailure("exit code " + process.exitValue() + " of: " + command + "\n"
                            + Files.readString(output, StandardCharsets.UTF_8).strip());
                }
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new ClusterFailure("cannot run: " + command + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterFailure("interrupted during: " + command, e);
        }
    }
}
