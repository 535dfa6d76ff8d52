package io.callisto.server.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The directory of a local cluster: its lock and its {@code cluster.json}. */
final class ClusterFiles {
    private static final long LEAST_FREE_MEGABYTES = 512;

    private final JsonMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private final Path home;

    ClusterFiles(Path home) {
        this.home = home.toAbsolutePath().normalize();
    }

    Path home() {
        return home;
    }

    Path data(String part) {
        return home.resolve("data").resolve(part);
    }

    /** What is remembered, if anything. */
    Optional<ClusterState> load() {
        Path file = home.resolve("cluster.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            ClusterState state = json.readValue(Files.readAllBytes(file), ClusterState.class);
            if (state.format() != ClusterState.FORMAT) {
                throw new ClusterFailure(file + " has format " + state.format() + ", this version knows "
                        + ClusterState.FORMAT + ". Use the version of Callisto that made it, or another --dir.");
            }
            return Optional.of(state);
        } catch (IOException | JacksonException e) {
            throw new ClusterFailure("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    void save(ClusterState state) {
        try {
            Path file = home.resolve("cluster.json");
            Path fresh = home.resolve("cluster.json.new");
            Files.write(fresh, json.writeValueAsBytes(state));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ClusterFailure("cannot write " + home.resolve("cluster.json") + ": " + reason(e), e);
        }
    }

    /** Makes the directory; it holds passwords and calls, so it is the user's alone. */
    void create() {
        try {
            if (!Files.exists(home)) {
                Files.createDirectories(home);
                Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
            }
            Path run = home.resolve("run");
            if (!Files.exists(run)) {
                Files.createDirectory(run);
                Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));
            }
            long free = Files.getFileStore(home).getUsableSpace() >> 20;
            if (free < LEAST_FREE_MEGABYTES) {
                throw new ClusterFailure("the disk of " + home + " is full: " + free + " MiB are free, at least "
                        + LEAST_FREE_MEGABYTES + " are needed. Free some space or choose another --dir.");
            }
        } catch (IOException e) {
            throw new ClusterFailure("cannot make " + home + ": " + reason(e), e);
        }
    }

    /**
     * Keeps every other command that changes the cluster out until closed.
     *
     * @throws ClusterFailure where another has the lock
     */
    Lock lock() {
        create();
        Path file = home.resolve("lock");
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String holder = Files.readString(file).strip();
                channel.close();
                throw new ClusterFailure("another callisto command" + (holder.isEmpty() ? "" : " (pid " + holder + ")")
                        + " is at work on " + home + ". Wait for it to end.");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new Lock(channel);
        } catch (IOException e) {
            throw new ClusterFailure("cannot lock " + file + ": " + reason(e), e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // by another thread of this JVM
        }
    }

    /** The right to change the cluster. */
    static final class Lock implements AutoCloseable {
        private final FileChannel channel;

        private Lock(FileChannel channel) {
            this.channel = channel;
        }

        void requireHeld() {
            if (!channel.isOpen()) {
                throw new IllegalStateException("the lock is closed");
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new ClusterFailure("cannot release the lock: " + e.getMessage(), e);
            }
        }
    }

    /** Deletes everything but the lock. */
    void wipe() {
        try (Stream<Path> paths = Files.walk(home)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(home) && !path.equals(home.resolve("lock"))) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (IOException e) {
            throw new ClusterFailure("cannot empty " + home + ": " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        String message = Objects.requireNonNullElse(e.getMessage(), "");
        return message.contains("No space left")
                ? "the disk is full. Free some space, then try again."
                : e.getClass().getSimpleName() + " " + message;
    }
}
