package io.callisto.server.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Starts Java processes in a session of their own, so that they outlive this JVM, its terminal and its death, and finds
 * them
 * again. The command line that {@code ps} shows begins with the process's name and its cluster's directory; everything
 * else is
 * in an argument file.
 */
public final class ProcessLauncher {
    private final Path home;
    private final boolean setsid;

    /** @param home the cluster's directory; logs go to {@code logs/}, argument and state files to {@code run/} */
    public ProcessLauncher(Path home) {
        this.home = home.toAbsolutePath().normalize();
        this.setsid = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "setsid")));
    }

    /** Where the process's output goes. */
    public Path log(String name) {
        return home.resolve("logs").resolve(name + ".log");
    }

    /** What the process says about itself. */
    public StateFile state(String name) {
        return new StateFile(stateFile(name));
    }

    /**
     * Starts a process.
     *
     * @throws ProcessFailure where the system refuses
     */
    public Process start(ProcessSpec spec) {
        return start(spec, List.of());
    }

    /**
     * Starts a process on another host of this machine.
     *
     * @param enter command that goes there and becomes the command that follows it
     * @throws ProcessFailure where the system refuses
     */
    public Process start(ProcessSpec spec, List<String> enter) {
        Path log = log(spec.name());
        try {
            Files.createDirectories(Objects.requireNonNull(log.getParent()));
            Files.createDirectories(home.resolve("run"));
            Files.deleteIfExists(stateFile(spec.name()));
            List<String> command = new ArrayList<>(enter);
            if (setsid) {
                command.add("setsid");
            }
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(marks(spec.name()));
            command.add("@" + writeArguments(spec));
            return new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new ProcessFailure("cannot start " + spec.name() + ": " + e.getMessage(), e);
        }
    }

    /** A living process of this cluster with this name, whoever started it. */
    public Optional<ProcessIdentity> find(String name) {
        List<String> marks = marks(name);
        return ProcessHandle.allProcesses()
                .filter(handle -> {
                    List<String> arguments = List.of(handle.info().arguments().orElse(new String[0]));
                    return arguments.containsAll(marks);
                })
                .map(ProcessIdentity::of)
                .filter(ProcessIdentity::alive)
                .findFirst();
    }

    /**
     * Asks the process to end, waits, and ends it by force after the limit.
     *
     * @return whether it ended by itself
     */
    public static boolean stop(ProcessIdentity process, long limitSeconds) {
        process.handle().ifPresent(ProcessHandle::destroy);
        if (awaitEnd(process, limitSeconds)) {
            return true;
        }
        process.handle().ifPresent(ProcessHandle::destroyForcibly);
        awaitEnd(process, 10);
        return false;
    }

    private static boolean awaitEnd(ProcessIdentity process, long limitSeconds) {
        try {
            return Pause.until(limitSeconds * 1_000, 50, () -> !process.alive());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.alive();
        }
    }

    /** The last part of the process's log. */
    public String logTail(String name) {
        try {
            byte[] all = Files.readAllBytes(log(name));
            int from = Math.max(0, all.length - 4_000);
            return new String(all, from, all.length - from, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private Path stateFile(String name) {
        return home.resolve("run").resolve(name + ".state");
    }

    private List<String> marks(String name) {
        return List.of("-Dcallisto.process=" + name, "-Dcallisto.home=" + home);
    }

    private Path writeArguments(ProcessSpec spec) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "-Xmx" + spec.heapMegabytes() + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-Djava.net.preferIPv4Stack=true",
                "-Dfile.encoding=UTF-8",
                quoted("-D" + StateFile.PROPERTY + "=" + stateFile(spec.name()))));
        lines.add(opens());
        spec.flags().forEach(flag -> lines.add(quoted(flag)));
        lines.add("-cp");
        lines.add(quoted(System.getProperty("java.class.path")));
        lines.add(spec.mainClass());
        spec.arguments().forEach(argument -> lines.add(quoted(argument)));
        Path file = home.resolve("run").resolve(spec.name() + ".args");
        Files.write(file, lines);
        return file;
    }

    private static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String opens() throws IOException {
        try (InputStream in = ProcessLauncher.class.getResourceAsStream("/callisto-java.args")) {
            return new String(Objects.requireNonNull(in, "callisto-java.args").readAllBytes(), StandardCharsets.UTF_8)
                    .strip();
        }
    }
}
