package io.callisto.server.kafkaha;

import io.callisto.server.cluster.ClusterFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Revisions as files of a directory that all servers see, or of one machine. A lock file keeps two writers apart; every
 * file appears whole or not at all.
 */
public final class DirectoryRevisionStore implements RevisionStore {
    private static final Pattern REVISION = Pattern.compile("revision-(\\d{6})\\.json");
    private static final Pattern APPLIED = Pattern.compile("applied-\\d+\\.json");

    private final JsonMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private final Path directory;

    public DirectoryRevisionStore(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    @Override
    public String name() {
        return directory.toString();
    }

    @Override
    public int current() {
        Path file = directory.resolve("current");
        try {
            return Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
        } catch (IOException | NumberFormatException e) {
            throw failure("cannot read " + file, e);
        }
    }

    @Override
    public int highest() {
        return names(REVISION).stream()
                .mapToInt(name -> Integer.parseInt(name.replaceAll("\\D", "")))
                .max()
                .orElse(0);
    }

    @Override
    public Optional<Revision> find(int number) {
        Path file = file(number);
        return Files.exists(file) ? Optional.of(read(file, Revision.class)) : Optional.empty();
    }

    @Override
    public void add(Revision revision) {
        locked(() -> {
            requireCurrent(revision.follows());
            if (Files.exists(file(revision.number()))) {
                throw changed();
            }
            write(file(revision.number()), json.writeValueAsString(revision));
            write(directory.resolve("current"), revision.number() + "\n");
        });
    }

    @Override
    public void select(int expected, int number) {
        locked(() -> {
            requireCurrent(expected);
            write(directory.resolve("current"), number + "\n");
        });
    }

    @Override
    public void applied(Applied applied) {
        locked(() -> write(directory.resolve("applied-" + applied.node() + ".json"), json.writeValueAsString(applied)));
    }

    @Override
    public List<Applied> applied() {
        return names(APPLIED).stream()
                .map(name -> read(directory.resolve(name), Applied.class))
                .sorted(Comparator.comparingInt(Applied::node))
                .toList();
    }

    private void requireCurrent(int expected) {
        if (current() != expected) {
            throw changed();
        }
    }

    private ClusterFailure changed() {
        return new ClusterFailure("somebody else changed the revisions in " + directory
                + " at the same time; look with: callisto kafka-ha show, then try again");
    }

    private Path file(int number) {
        return directory.resolve(String.format(java.util.Locale.ROOT, "revision-%06d.json", number));
    }

    private List<String> names(Pattern pattern) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> pattern.matcher(name).matches())
                    .toList();
        } catch (IOException e) {
            throw failure("cannot read " + directory, e);
        }
    }

    private <T> T read(Path file, Class<T> type) {
        try {
            return json.readValue(Files.readAllBytes(file), type);
        } catch (IOException | JacksonException e) {
            throw failure("cannot read " + file, e);
        }
    }

    private static void write(Path file, String text) {
        try {
            WholeFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failure("cannot write " + file, e);
        }
    }

    private void locked(Runnable work) {
        try {
            Files.createDirectories(directory);
            try (FileChannel channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                if (channel.lock().isValid()) {
                    work.run();
                }
            }
        } catch (IOException e) {
            throw failure("cannot write to " + directory, e);
        }
    }

    private static ClusterFailure failure(String what, Exception e) {
        return new ClusterFailure(what + ": " + e.getClass().getSimpleName() + " " + e.getMessage(), e);
    }
}
