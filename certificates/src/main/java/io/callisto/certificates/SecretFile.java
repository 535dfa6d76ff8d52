package io.callisto.certificates;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files that only their owner may read, replaced in one step: whoever reads sees the old content or the new one, never
 * a part.
 */
public final class SecretFile {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private SecretFile() {}

    /**
     * @throws CertificateFailure where it cannot be written
     */
    public static void write(Path file, byte[] content) {
        Path target = file.toAbsolutePath().normalize();
        Path directory = target.getParent();
        if (directory == null) {
            throw new CertificateFailure(file + " is no file");
        }
        Path fresh = null;
        try {
            directory(directory);
            fresh = Files.createTempFile(directory, "." + target.getFileName(), ".new", OWNER_ONLY);
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                // Renamed before its content is on the disk, it could be empty after a power cut.
                channel.force(true);
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            fresh = null;
        } catch (IOException e) {
            throw new CertificateFailure("cannot write " + target + ": " + reason(e), e);
        } finally {
            remove(fresh);
        }
    }

    /** The same with text. */
    public static void write(Path file, String content) {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CertificateFailure("cannot read " + file + ": " + reason(e), e);
        }
    }

    /** Makes a directory that only its owner may enter, unless it is there. */
    static void directory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, OWNER_ONLY_DIRECTORY);
        }
    }

    private static void remove(@Nullable Path fresh) {
        if (fresh == null) {
            return;
        }
        try {
            Files.deleteIfExists(fresh);
        } catch (IOException e) {
            // What is told is why the content could not be written.
        }
    }

    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }
}
