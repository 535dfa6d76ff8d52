package io.callisto.drills.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The wall clock of one server's processes, which libfaketime reads from a file; monotonic time stays true. The
 * processes
 * must have been started with {@link #enter}, whose environment their children inherit.
 */
final class FakeClock {
    private static final String SHARED = "faketime_(shm|sem)_";

    private final Path file;

    FakeClock(Path directory, String server) {
        this.file = directory.resolve("clock-" + server);
    }

    /** Debian's package faketime. */
    static Optional<Path> library() {
        for (Path folder : List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"))) {
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> found =
                    Files.find(folder, 3, (path, kind) -> path.endsWith("faketime/libfaketimeMT.so.1"))) {
                Optional<Path> first = found.findFirst();
                if (first.isPresent()) {
                    return first;
                }
            } catch (IOException e) {
                throw new TargetFailure("cannot look for libfaketime: " + e, e);
            }
        }
        return Optional.empty();
    }

    /** Command that sets the environment and becomes the command that follows it. */
    List<String> enter() {
        Path library = library()
                .orElseThrow(() -> new TargetFailure(
                        "there is no libfaketimeMT.so.1 for clock steps (Debian package faketime)", null));
        step(Duration.ZERO);
        return List.of(
                "env",
                "LD_PRELOAD=" + library,
                "FAKETIME_TIMESTAMP_FILE=" + file,
                "FAKETIME_NO_CACHE=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                "FAKETIME_FORCE_MONOTONIC_FIX=0",
                "NO_FAKE_STAT=1");
    }

    /** In one go: a reader must not find half a number. */
    void step(Duration offset) {
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, String.format(Locale.ROOT, "%+.3f%n", offset.toMillis() / 1_000.0));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new TargetFailure("cannot write " + file + ": " + e, e);
        }
    }

    /** libfaketime's shared memory is named after the process that made it, and stays when that one is killed. */
    static void removeLeftOvers() {
        Path shared = Path.of("/dev/shm");
        if (!Files.isDirectory(shared)) {
            return;
        }
        try (Stream<Path> files = Files.list(shared)) {
            for (Path found : files.toList()) {
                String name = found.getFileName().toString();
                if (name.matches("(sem\\.)?" + SHARED + "[0-9]+")
                        && ProcessHandle.of(Long.parseLong(name.replaceAll("^.*_", "")))
                                .isEmpty()) {
                    Files.deleteIfExists(found);
                }
            }
        } catch (IOException e) {
            throw new TargetFailure("cannot tidy " + shared + ": " + e, e);
        }
    }
}
