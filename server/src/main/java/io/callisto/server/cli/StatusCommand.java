package io.callisto.server.cli;

import io.callisto.server.cluster.ClusterStatus;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code callisto status}. Exit code 0: all run; 1: something does not; 3: there is no cluster. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows what runs where and who owns which role.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:everything runs", "1:something does not", "3:no cluster in the directory"})
final class StatusCommand implements Callable<Integer> {
    private static final int NO_CLUSTER = 3;

    enum Format {
        TABLE,
        JSON
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DirectoryOption directory = new DirectoryOption();

    @Option(names = "-o", paramLabel = "table|json", defaultValue = "table", description = "Form of the output.")
    private Format format = Format.TABLE;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Optional<ClusterStatus> status = directory.cluster().status();
        if (format == Format.JSON) {
            JsonMapper json = JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();
            out.println(json.writeValueAsString(status.<Object>map(found -> found)
                    .orElse(Map.of(
                            "directory",
                            directory.directory().toString(),
                            "servers",
                            List.of(),
                            "infrastructure",
                            List.of(),
                            "roles",
                            List.of()))));
        } else if (status.isPresent()) {
            StatusTable.print(status.get(), out);
        } else {
            out.println("no cluster in " + directory.directory() + "; make one with: callisto up");
        }
        out.flush();
        return status.map(found -> found.ready() ? 0 : 1).orElse(NO_CLUSTER);
    }
}
