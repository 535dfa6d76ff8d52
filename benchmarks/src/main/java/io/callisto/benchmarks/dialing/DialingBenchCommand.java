package io.callisto.benchmarks.dialing;

import io.callisto.benchmarks.cli.BenchOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of {@code callisto bench dialing}. */
@Command(
        name = "dialing",
        mixinStandardHelpOptions = true,
        description = "Attempts per second from end to end, beside raw SQL and raw Kafka on the same machine.")
public final class DialingBenchCommand implements Callable<Integer> {
    @Mixin
    private BenchOptions options = new BenchOptions();

    @Option(
            names = "--dir",
            defaultValue = ".callisto/bench",
            description = "Data directory (default: ${DEFAULT-VALUE}); emptied at the start.")
    private Path dir = Path.of(".callisto/bench");

    @Option(names = "--seconds", defaultValue = "60", description = "How long to measure (default: ${DEFAULT-VALUE}).")
    private int seconds = 60;

    @Option(
            names = "--contacts",
            defaultValue = "150000",
            description = "Contacts to call (default: ${DEFAULT-VALUE}); the run ends early when all are called.")
    private int contacts = 150_000;

    @Option(
            names = "--rate",
            defaultValue = "5000",
            description = "Calls per second asked for (default: ${DEFAULT-VALUE}).")
    private int rate = 5_000;

    @Option(names = "--kafka", defaultValue = "3", description = "Kafka brokers, 1 or 3 (default: ${DEFAULT-VALUE}).")
    private int brokers = 3;

    @Override
    public Integer call() {
        DialingBenchPlan plan =
                new DialingBenchPlan(dir.toAbsolutePath().normalize(), seconds, contacts, rate, brokers);
        return new DialingBenchRunner(plan, options.output()).run();
    }
}
