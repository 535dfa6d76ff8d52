package io.callisto.drills.drill;

import io.callisto.drills.report.DrillResult;
import io.callisto.drills.report.JsonReport;
import io.callisto.drills.report.TextReport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code callisto drill run NAME}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {"Runs one drill on a cluster of its own.", "Exit code 0 only if it passes."})
final class RunCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "As 'callisto drill list' shows it.")
    private String name = "";

    @Option(
            names = "--runs",
            defaultValue = "3",
            description = "How often the fault is done, all on one cluster (default: ${DEFAULT-VALUE}).")
    private int runs = 3;

    @Mixin
    private DrillOptions options = new DrillOptions();

    @Override
    public Integer call() {
        Console console = Console.of(spec, options.format());
        Optional<Drill> drill = DrillCatalogue.complete().named(name);
        if (drill.isEmpty() || runs < 1) {
            console.progress()
                    .println(
                            drill.isEmpty()
                                    ? "no drill '" + name + "'; callisto drill list names them"
                                    : "--runs must be at least 1");
            console.progress().flush();
            return 2;
        }
        List<DrillResult> results =
                options.runner(runs, console).run(options.relaxed(List.of(drill.get())), result -> {});
        DrillResult result = results.get(0);
        new TextReport(console.progress()).print(result);
        if (options.format() == OutputFormat.JSON) {
            console.result(new JsonReport().of(result));
        }
        return result.pass() ? 0 : 1;
    }
}
