package io.callisto.benchmarks.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that all benchmarks share. */
public final class BenchOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(names = "-o", defaultValue = "text", description = "text or json (default: ${DEFAULT-VALUE}).")
    private BenchOutput.Form form = BenchOutput.Form.TEXT;

    /** Where the command that these options belong to writes. */
    public BenchOutput output() {
        var commandLine =
                Objects.requireNonNull(command, "not part of a command").commandLine();
        return new BenchOutput(form, commandLine.getOut(), commandLine.getErr());
    }
}
