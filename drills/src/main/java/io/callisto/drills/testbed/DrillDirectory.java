package io.callisto.drills.testbed;

import io.callisto.server.process.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The temporary directory of one run. Its name, which is also that of the run's namespaces and control groups, says
 * which
 * JVM it belongs to, so that what a crashed run left behind is recognised by the next.
 */
final class DrillDirectory {
    private static final String PREFIX = "callisto-drill-";
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final String run;
    private final Path path;

    private DrillDirectory(String run, Path path) {
        this.run = run;
        this.path = path;
    }

    static DrillDirectory create() {
        String run = PREFIX + ProcessHandle.current().pid() + "-" + RUNS.incrementAndGet();
        Path path = root().resolve(run);
        try {
            if (Files.exists(path)) {
                delete(path); // of an earlier JVM with the same id
            }
            Files.createDirectory(path);
            // Where PostgreSQL cannot run as root, another account must be able to pass.
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException e) {
            throw new TargetFailure("cannot make " + path + ": " + e, e);
        }
        return new DrillDirectory(run, path);
    }

    /** Unique among all runs on this machine. */
    String run() {
        return run;
    }

    Path path() {
        return path;
    }

    Path cluster() {
        return path.resolve("cluster");
    }

    /** Directories of runs whose JVM is gone. */
    static List<DrillDirectory> leftOver() {
        try (Stream<Path> all = Files.list(root())) {
            return all.filter(path -> abandoned(path.getFileName().toString()))
                    .map(path -> new DrillDirectory(path.getFileName().toString(), path))
                    .toList();
        } catch (IOException e) {
            throw new TargetFailure("cannot read " + root(), e);
        }
    }

    /** Whether a name of ours belongs to a JVM that is gone. */
    static boolean abandoned(String name) {
        if (!name.matches(PREFIX + "[0-9]+-[0-9]+.*")) {
            return false;
        }
        long owner = Long.parseLong(name.substring(PREFIX.length()).replaceFirst("-.*$", ""));
        return ProcessHandle.of(owner).filter(ProcessHandle::isAlive).isEmpty();
    }

    /** Processes that are ending may still write. */
    void remove() {
        try {
            boolean gone = Pause.until(5_000, 100, () -> {
                try {
                    delete(path);
                    return true;
                } catch (IOException e) {
                    return false;
                }
            });
            if (!gone) {
                delete(path);
            }
        } catch (IOException e) {
            throw new TargetFailure("cannot remove " + path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetFailure("interrupted while removing " + path, e);
        }
    }

    private static Path root() {
        return Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path found : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(found);
            }
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        } catch (NoSuchFileException e) {
            if (Files.exists(root)) {
                throw e;
            }
        }
    }
}
