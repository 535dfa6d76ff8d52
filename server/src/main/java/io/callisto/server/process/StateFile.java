package io.callisto.server.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * One line that a process writes about itself: its id and its state. Readers trust it only where the id is that of the
 * process
 * they know, so a file of an earlier run says nothing.
 */
public final class StateFile {
    /** System property that names the file. */
    public static final String PROPERTY = "callisto.state-file";

    private final Path file;

    public StateFile(Path file) {
        this.file = file;
    }

    /** The file that this JVM was told to write, if any. */
    public static Optional<StateFile> ofThisProcess() {
        return Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of).map(StateFile::new);
    }

    /** Tells that this JVM is now in {@code state}; does nothing where nobody asked. */
    public static void report(String state) {
        ofThisProcess().ifPresent(file -> file.write(ProcessHandle.current().pid(), state));
    }

    void write(long pid, String state) {
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, pid + " " + state + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** What the process with this id said last. */
    public Optional<String> read(long pid) {
        try {
            String line = Files.readString(file).strip();
            return line.startsWith(pid + " ") ? Optional.of(line.substring(line.indexOf(' ') + 1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
