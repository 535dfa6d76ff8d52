package io.callisto.benchmarks.failover;

import io.callisto.benchmarks.cli.BenchOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of {@code callisto bench failover}. */
@Command(
        name = "failover",
        mixinStandardHelpOptions = true,
        description = {
            "How long a role is without an owner after kill -9 and after a freeze, and what its former owner still",
            "does: this product beside Curator, Quartz, db-scheduler and ElasticJob, measured in the same way."
        })
public final class FailoverBenchCommand implements Callable<Integer> {
    @Mixin
    private BenchOptions options = new BenchOptions();

    @Option(
            names = "--dir",
            defaultValue = ".callisto/bench-failover",
            description = "Data directory (default: ${DEFAULT-VALUE}); emptied at the start.")
    private Path dir = Path.of(".callisto/bench-failover");

    @Option(
            names = "--runs",
            defaultValue = "5",
            description = "Faults of each kind per contender (default: ${DEFAULT-VALUE}).")
    private int runs = 5;

    @Option(
            names = "--cap",
            defaultValue = "90",
            description = "Longest wait for a successor, seconds (default: ${DEFAULT-VALUE}).")
    private int capSeconds = 90;

    @Option(
            names = "--only",
            defaultValue = "",
            description = "Only contenders whose name contains this, such as callisto or best.")
    private String only = "";

    @Option(names = "--no-freeze", description = "Only kill -9.")
    private boolean killOnly;

    @Override
    public Integer call() {
        List<Contender> contenders = Arrays.stream(Contender.values())
                .filter(contender -> contender.id().contains(only.toLowerCase(Locale.ROOT)))
                .toList();
        FailoverBenchPlan plan = new FailoverBenchPlan(
                dir.toAbsolutePath().normalize(), runs, contenders, Duration.ofSeconds(capSeconds), !killOnly);
        return new FailoverBenchRunner(plan, options.output()).run();
    }
}
