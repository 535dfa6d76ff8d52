package io.callisto.drills.drill;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command writes results and progress. Used by one thread. */
final class Console {
    private final PrintWriter results;
    private final PrintWriter progress;
    private final long started = System.nanoTime();

    private Console(PrintWriter results, PrintWriter progress) {
        this.results = results;
        this.progress = progress;
    }

    static Console of(@Nullable CommandSpec spec, OutputFormat format) {
        PrintWriter out = spec == null
                ? new PrintWriter(System.out, true, StandardCharsets.UTF_8)
                : spec.commandLine().getOut();
        PrintWriter err = spec == null
                ? new PrintWriter(System.err, true, StandardCharsets.UTF_8)
                : spec.commandLine().getErr();
        return new Console(out, format == OutputFormat.JSON ? err : out);
    }

    /** A line of the result. */
    void result(String text) {
        results.println(text);
        results.flush();
    }

    PrintWriter progress() {
        return progress;
    }

    /** A line about what goes on. */
    void say(String text) {
        progress.printf(Locale.ROOT, "[%6.1f s] %s%n", (System.nanoTime() - started) / 1e9, text);
        progress.flush();
    }
}
