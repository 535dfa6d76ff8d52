package io.callisto.drills.demo;

import io.callisto.server.cli.CallistoCommand;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of {@code callisto demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a cluster, imports the sample contacts, runs a campaign,",
            "and reconciles contacts, attempts, calls and events.",
            "Exit code 0 only if all of them agree."
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

    @Option(names = "--kafka", defaultValue = "3", description = "Kafka brokers, 1 or 3 (default: ${DEFAULT-VALUE}).")
    private int brokers = 3;

    @Override
    public Object command() {
        return this;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec == null
                ? new PrintWriter(System.out, true, java.nio.charset.StandardCharsets.UTF_8)
                : spec.commandLine().getOut();
        return new DemoRunner(out, dir.toAbsolutePath().normalize(), json, keep, timeFactor, brokers).run();
    }
}
