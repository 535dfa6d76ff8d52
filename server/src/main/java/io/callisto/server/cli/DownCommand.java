package io.callisto.server.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code callisto down}. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stops the cluster of a directory in order, servers first. Its data stays.")
final class DownCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DirectoryOption directory = new DirectoryOption();

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        boolean known = directory.cluster().options().isPresent();
        directory.cluster().down(line -> {
            out.println(line);
            out.flush();
        });
        out.println(known ? "down; data stays in " + directory.directory() : "no cluster in " + directory.directory());
        out.flush();
        return 0;
    }
}
