package io.callisto.benchmarks.events;

import io.callisto.benchmarks.cli.BenchOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of {@code callisto bench events}. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = {
            "From the commit of an event to a read-committed client, how fast a backlog is published, and the",
            "bytes of an attempt in Kafka's store at POM's published load, beside POM's figures."
        })
public final class EventsBenchCommand implements Callable<Integer> {
    @Mixin
    private BenchOptions options = new BenchOptions();

    @Option(
            names = "--dir",
            defaultValue = ".callisto/bench-events",
            description = "Data directory (default: ${DEFAULT-VALUE}); emptied at the start.")
    private Path dir = Path.of(".callisto/bench-events");

    @Option(
            names = "--rate",
            defaultValue = "300",
            description = "Attempts per second while latencies are measured (default: ${DEFAULT-VALUE}).")
    private int rate = 300;

    @Option(
            names = "--seconds",
            defaultValue = "60",
            description = "How long to measure latencies, and how long bytes (default: ${DEFAULT-VALUE}).")
    private int seconds = 60;

    @Option(names = "--brokers", defaultValue = "3", description = "Kafka brokers, 1 or 3 (default: ${DEFAULT-VALUE}).")
    private int brokers = 3;

    @Option(
            names = "--backlog",
            defaultValue = "100000",
            description = "Events that the outbox is filled with for the relay's rate (default: ${DEFAULT-VALUE}).")
    private int backlog = 100_000;

    @Override
    public Integer call() {
        EventsBenchPlan plan = new EventsBenchPlan(dir.toAbsolutePath().normalize(), rate, seconds, brokers, backlog);
        return new EventsBenchRunner(plan, options.output()).run();
    }
}
