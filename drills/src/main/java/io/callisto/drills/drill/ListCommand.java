package io.callisto.drills.drill;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code callisto drill list}. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Names the drills.")
final class ListCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "-o", defaultValue = "text", description = "text or json (default: ${DEFAULT-VALUE}).")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() {
        Console console = Console.of(spec, format);
        List<Drill> drills = DrillCatalogue.complete().drills();
        if (format == OutputFormat.JSON) {
            console.result(new JsonMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(drills.stream()
                            .map(drill -> Map.of(
                                    "drill",
                                    drill.name(),
                                    "purpose",
                                    drill.purpose(),
                                    "servers",
                                    drill.layout().servers(),
                                    "requirements",
                                    drill.requirements(),
                                    "short",
                                    drill.is(Trait.SHORT)))
                            .toList()));
        } else {
            drills.forEach(drill -> console.result(String.format(
                    "%-26s %s [%s]", drill.name(), drill.purpose(), String.join(", ", drill.requirements()))));
        }
        return 0;
    }
}
