package io.callisto.drills.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Keeps the logs of clusters, which are removed with all their data. Used by one thread. */
final class LogShelf {
    private final Path directory;
    private final Consumer<String> say;
    private int clusters;

    LogShelf(Path directory, Consumer<String> say) {
        this.directory = directory;
        this.say = say;
    }

    /** Copies a cluster's logs before it is removed; what an earlier run kept under the same number is replaced. */
    void keep(Path logs) {
        clusters++;
        Path kept = directory.resolve("cluster-" + clusters);
        try {
            if (Files.isDirectory(logs)) {
                clear(kept);
                copy(logs, kept);
                say.accept("logs are kept in " + kept);
            }
        } catch (IOException full) {
            say.accept("the logs could not be kept in " + kept + ": " + full);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        List<Path> files;
        try (Stream<Path> all = Files.list(from)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Removes files that an earlier run kept; the directory is ours by its name. */
    private static void clear(Path kept) throws IOException {
        if (!Files.isDirectory(kept)) {
            return;
        }
        List<Path> old;
        try (Stream<Path> all = Files.walk(kept)) {
            old = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : old) {
            Files.delete(file);
        }
    }
}
