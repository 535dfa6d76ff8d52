package io.callisto.drills.tree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The repository as files. */
final class SourceTree {
    private final Path root;

    private SourceTree(Path root) {
        this.root = root;
    }

    static SourceTree here() {
        String root = System.getProperty("callisto.root");
        if (root == null || !Files.isRegularFile(Path.of(root, "mvnw"))) {
            throw new IllegalStateException("system property callisto.root must name the repository: " + root);
        }
        return new SourceTree(Path.of(root));
    }

    Path root() {
        return root;
    }

    String relative(Path file) {
        return root.relativize(file).toString();
    }

    /** Java sources of ours, {@code kind} being main or test. */
    List<Path> java(String kind) {
        return files(
                path -> path.toString().endsWith(".java") && path.toString().contains("/src/" + kind + "/java/"));
    }

    List<Path> files(java.util.function.Predicate<Path> wanted) {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .filter(path -> !skipped(root.relativize(path)))
                    .filter(wanted)
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static List<String> lines(Path file) {
        return text(file).lines().toList();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean skipped(Path relative) {
        for (Path part : relative) {
            String name = part.toString();
            if (name.equals("target") || name.equals("node_modules") || (name.startsWith(".") && !name.equals(".ci"))) {
                return true;
            }
        }
        return false;
    }
}
