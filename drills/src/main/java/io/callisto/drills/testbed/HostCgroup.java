package io.callisto.drills.testbed;

import io.callisto.server.process.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All processes of one host: frozen, thawed and killed at once by a control group (version 2), or, where there is none,
 * one after another by signals.
 */
final class HostCgroup {
    private static final long LIMIT_MILLIS = 5_000;

    private final String name;
    private final @Nullable Path group;
    private final Supplier<List<Long>> pids;

    /**
     * @param name unique on this machine
     * @param pids finds the host's processes without a control group
     */
    HostCgroup(String name, Supplier<List<Long>> pids) {
        this.name = name;
        this.pids = pids;
        this.group = make(name).orElse(null);
    }

    private static Optional<Path> make(String name) {
        Optional<Path> made = mount().map(root -> root.resolve(name));
        try {
            if (made.isPresent()) {
                Files.createDirectories(made.get());
                // Kernels before 5.14 cannot kill a group.
                return made.filter(group ->
                        Files.exists(group.resolve("cgroup.freeze")) && Files.exists(group.resolve("cgroup.kill")));
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return made;
    }

    /** Where control groups of version 2 are mounted. */
    private static Optional<Path> mount() {
        try {
            return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                    .map(line -> line.split(" "))
                    .filter(fields -> fields.length > 2 && fields[2].equals("cgroup2"))
                    .map(fields -> Path.of(fields[1]))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Groups of runs whose JVM is gone. */
    static List<HostCgroup> leftOver() {
        Optional<Path> root = mount();
        if (root.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> groups = Files.list(root.get())) {
            return groups.map(group -> group.getFileName().toString())
                    .filter(DrillDirectory::abandoned)
                    .map(name -> new HostCgroup(name, List::of))
                    .toList();
        } catch (IOException e) {
            throw new TargetFailure("cannot read " + root.get(), e);
        }
    }

    /** How it is done, for the report. */
    String means() {
        return group == null ? "signals" : "control groups";
    }

    /** Command that puts itself into the group and becomes the command that follows it. */
    List<String> enter() {
        return group == null
                ? List.of()
                : List.of("sh", "-c", "echo $$ > " + group.resolve("cgroup.procs") + " && exec \"$@\"", "sh");
    }

    void freeze() {
        if (group == null) {
            // A process may have started another meanwhile.
            Commands.signal("STOP", pids.get());
            Commands.signal("STOP", pids.get());
            return;
        }
        write("cgroup.freeze", "1");
        await("freeze", () -> read("cgroup.events").contains("frozen 1"));
    }

    void thaw() {
        if (group == null) {
            Commands.signal("CONT", pids.get());
        } else {
            write("cgroup.freeze", "0");
        }
    }

    /** Returns when nothing runs any more. */
    void kill() {
        if (group == null) {
            await("end", () -> {
                Commands.kill(pids.get());
                return pids.get().isEmpty();
            });
            return;
        }
        write("cgroup.kill", "1");
        await("end", () -> read("cgroup.events").contains("populated 0"));
    }

    /** Removes the empty group. */
    void remove() {
        Path known = group;
        if (known != null && Files.exists(known)) {
            await("leave its control group", () -> {
                try {
                    Files.deleteIfExists(known);
                    return true;
                } catch (IOException e) {
                    return false;
                }
            });
        }
    }

    private void write(String file, String value) {
        try {
            Files.writeString(path(file), value);
        } catch (IOException e) {
            throw new TargetFailure("cannot write " + path(file) + ": " + e, e);
        }
    }

    private String read(String file) {
        try {
            return Files.readString(path(file));
        } catch (IOException e) {
            throw new TargetFailure("cannot read " + path(file) + ": " + e, e);
        }
    }

    private Path path(String file) {
        if (group == null) {
            throw new IllegalStateException(name + " has no control group");
        }
        return group.resolve(file);
    }

    private void await(String what, java.util.function.BooleanSupplier done) {
        try {
            if (!Pause.until(LIMIT_MILLIS, 2, done)) {
                throw new TargetFailure(
                        "the processes of " + name + " did not " + what + " within " + LIMIT_MILLIS + " ms", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetFailure("interrupted while waiting for " + name, e);
        }
    }
}
