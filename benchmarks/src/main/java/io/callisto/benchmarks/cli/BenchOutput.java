package io.callisto.benchmarks.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** Where a benchmark writes. As JSON, standard output is the result and nothing else. Thread-safe. */
public final class BenchOutput {
    /** How the result is printed. */
    public enum Form {
        TEXT,
        JSON
    }

    private final Form form;
    private final PrintWriter results;
    private final PrintWriter progress;

    public BenchOutput(Form form, PrintWriter out, PrintWriter err) {
        this.form = form;
        this.results = out;
        this.progress = form == Form.TEXT ? out : err;
    }

    /** A line about what goes on. */
    public synchronized void say(String what) {
        progress.println(what);
        progress.flush();
    }

    /**
     * Prints the result.
     *
     * @param values for JSON
     * @param text the same for people, with its line ends
     */
    public synchronized void result(Map<String, ?> values, Supplier<String> text) {
        if (form == Form.JSON) {
            results.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(values));
        } else {
            results.print(text.get());
        }
        results.flush();
    }
}
