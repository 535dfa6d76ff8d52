package io.callisto.drills.drill;

import io.callisto.drills.report.DrillResult;
import io.callisto.drills.report.DrillResult.Outcome;
import io.callisto.drills.report.JsonReport;
import io.callisto.drills.report.MarkdownReport;
import io.callisto.drills.report.TextReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code callisto drill suite}. */
@Command(
        name = "suite",
        mixinStandardHelpOptions = true,
        description = {
            "Runs all drills; those of one layout share a cluster.",
            "Exit code 0 only if none fails; drills that the machine cannot do are SKIPPED, which is said."
        })
final class SuiteCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--short", description = "Only the drills that every change should pass, on three clusters.")
    private boolean brief;

    @Option(names = "--runs", defaultValue = "1", description = "Faults of each drill (default: ${DEFAULT-VALUE}).")
    private int runs = 1;

    @Option(names = "--only", split = ",", description = "Only these drills, separated by commas.")
    private List<String> only = List.of();

    @Option(names = "--report", paramLabel = "FILE.md", description = "Also write the results as Markdown.")
    private @Nullable Path report;

    @Mixin
    private DrillOptions options = new DrillOptions();

    @Override
    public Integer call() throws IOException {
        Console console = Console.of(spec, options.format());
        List<Drill> drills = DrillCatalogue.complete().drills().stream()
                .filter(drill -> !brief || drill.is(Trait.SHORT))
                .filter(drill -> only.isEmpty() || only.contains(drill.name()))
                .toList();
        if (drills.isEmpty() || runs < 1) {
            console.say("nothing to run: callisto drill list names the drills, --runs must be at least 1");
            return 2;
        }
        TextReport text = new TextReport(console.progress());
        List<DrillResult> results = options.runner(runs, console).run(options.relaxed(drills), text::print);
        summary(console, results);
        if (report != null) {
            Files.writeString(report, MarkdownReport.of(head(), results));
        }
        if (options.format() == OutputFormat.JSON) {
            console.result(new JsonReport().of(results));
        }
        return results.stream().allMatch(SuiteCommand::good) ? 0 : 1;
    }

    private String head() {
        return "`./callisto drill suite" + (brief ? " --short" : "") + " --runs " + runs + "` on "
                + Runtime.getRuntime().availableProcessors() + " cores, "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS) + ".";
    }

    private static void summary(Console console, List<DrillResult> results) {
        console.say("summary");
        for (DrillResult result : results) {
            console.progress()
                    .printf(
                            "  %-8s %-26s gap p50 %6d p99 %6d ms  %s%n",
                            result.outcome(),
                            result.drill(),
                            result.failover().p50().orElse(0),
                            result.failover().p99().orElse(0),
                            result.reason());
        }
        console.progress().flush();
    }

    private static boolean good(DrillResult result) {
        return result.pass() || result.outcome() == Outcome.SKIPPED;
    }
}
