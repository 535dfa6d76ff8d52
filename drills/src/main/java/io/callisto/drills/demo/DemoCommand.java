package io.callisto.drills.demo;

import io.callisto.server.cli.CallistoCommand;
import io.callisto.server.cluster.ClusterOptions;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of {@code callisto demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a cluster of three servers with two zones, imports the sample contacts and runs a campaign. In the",
            "middle of it the server that holds the common director is killed; its roles find new masters, the"
                    + " campaign",
            "goes on. In the end contacts, attempts, calls and events are reconciled.",
            "Exit code 0 only if every role was taken over and all of them agree."
        })
public final class DemoCommand implements CallistoCommand, Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--dir",
            defaultValue = ".callisto/demo",
            description = "Data directory of the demo's own cluster (default: ${DEFAULT-VALUE}); emptied at the start.")
    private Path dir = Path.of(".callisto/demo");

    @Option(names = "--json", description = "Also write the result to this file, as JSON.")
    private @Nullable Path json;

    @Option(names = "--keep", description = "Leave the cluster running afterwards.")
    private boolean keep;

    @Option(
            names = "--time-factor",
            defaultValue = "60",
            description = "How many times faster than real time calls ring and talk (default: ${DEFAULT-VALUE}).")
    private double timeFactor = 60;

    @Option(
            names = "--servers",
            defaultValue = "3",
            description = "Servers, 1 to 4 (default: ${DEFAULT-VALUE}); with one there is nothing to take over.")
    private int servers = 3;

    @Option(
            names = "--kafka",
            defaultValue = "1",
            description = "Kafka brokers, 1 or 3 (default: ${DEFAULT-VALUE}, to spare a small machine).")
    private int brokers = 1;

    @Override
    public Object command() {
        return this;
    }

    @Override
    public Integer call() {
        if (spec != null && (servers < 1 || servers > ClusterOptions.MAX_SERVERS)) {
            throw new ParameterException(
                    spec.commandLine(), "--servers must be 1 to " + ClusterOptions.MAX_SERVERS + ", not " + servers);
        }
        PrintWriter out = spec == null
                ? new PrintWriter(System.out, true, StandardCharsets.UTF_8)
                : spec.commandLine().getOut();
        DemoPlan plan = new DemoPlan(dir.toAbsolutePath().normalize(), json, keep, timeFactor, brokers, servers);
        return new DemoRunner(plan, out).run();
    }
}
