package io.callisto.server.cli.kafka;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Text or JSON. With JSON, standard output is only the JSON; progress goes to standard error. */
final class Output {
    enum Format {
        TEXT,
        JSON
    }

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(names = "-o", paramLabel = "text|json", defaultValue = "text", description = "Form of the output.")
    private Format format = Format.TEXT;

    boolean json() {
        return format == Format.JSON;
    }

    PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }

    /** A line of the result, for people only. */
    void line(String text) {
        if (!json()) {
            out().println(text);
            out().flush();
        }
    }

    /** A line about what is going on. */
    void progress(String text) {
        PrintWriter where = json() ? err() : out();
        where.println(text);
        where.flush();
    }

    /** The result, if JSON is wanted. */
    void result(Object value) {
        if (json()) {
            JsonMapper mapper = JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();
            out().println(mapper.writeValueAsString(value));
            out().flush();
        }
    }
}
