package io.callisto.drills.drill;

import io.callisto.drills.load.LoadLevel;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that {@code run} and {@code suite} share. */
final class DrillOptions {
    @Option(
            names = "--load",
            defaultValue = "normal",
            description = "low, normal, high, or calls per second in each zone (default: ${DEFAULT-VALUE}).")
    private String load = "normal";

    @Option(
            names = "--target",
            defaultValue = "auto",
            description = {
                "auto: hosts where this machine can make network namespaces, else loopback.",
                "loopback: kill and freeze only. hosts. compose (default: ${DEFAULT-VALUE})."
            })
    private TargetOption target = TargetOption.AUTO;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Same seed, same choices by lot (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--dir",
            defaultValue = ".callisto/drill",
            description = "Where the logs of the drills' clusters are kept (default: ${DEFAULT-VALUE}).")
    private Path dir = Path.of(".callisto/drill");

    @Option(
            names = "--slack",
            defaultValue = "1",
            description = {
                "Multiplies the limits of time, for a machine that does other work, too (default: ${DEFAULT-VALUE}).",
                "What is lost, doubled or out of order fails a drill as ever."
            })
    private double slack = 1;

    @Option(names = "-o", defaultValue = "text", description = "text or json (default: ${DEFAULT-VALUE}).")
    private OutputFormat format = OutputFormat.TEXT;

    OutputFormat format() {
        return format;
    }

    /** The drills with the limits that are asked for. */
    List<Drill> relaxed(List<Drill> drills) {
        return slack == 1
                ? drills
                : drills.stream()
                        .map(drill -> drill.within(drill.limits().times(slack)))
                        .toList();
    }

    SuiteRunner runner(int runs, Console console) {
        LoadLevel level = LoadLevel.parse(load);
        return new SuiteRunner(() -> target.make(console::say), level, runs, seed, dir, console::say);
    }
}
