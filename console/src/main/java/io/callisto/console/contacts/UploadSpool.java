package io.callisto.console.contacts;

import io.callisto.console.problem.ApiProblem;
import io.callisto.console.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes uploads to a temporary file first: a slow client must hold neither a database connection nor a transaction, and
 * a file that turns out too large or cut off must leave nothing behind. Thread-safe.
 */
final class UploadSpool {
    private static final Logger log = LoggerFactory.getLogger(UploadSpool.class);
    private static final int BUFFER = 64 * 1024;

    private final Path directory;
    private final long limit;

    UploadSpool(Path directory, long limit) {
        this.directory = directory;
        this.limit = limit;
    }

    /** A complete upload. Closing it deletes the file. */
    record Upload(Path file, long bytes, String sha256) implements AutoCloseable {
        InputStream open() {
            try {
                return Files.newInputStream(file);
            } catch (IOException broken) {
                throw new java.io.UncheckedIOException(broken);
            }
        }

        @Override
        public void close() {
            delete(file);
        }
    }

    /**
     * Reads the body to its end.
     *
     * @param announced length that the client announced, or -1
     */
    Upload receive(InputStream body, long announced) {
        if (announced > limit) {
            throw tooLarge();
        }
        Path file = create();
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long bytes = copy(new DigestInputStream(body, digest), file);
            if (bytes == 0) {
                throw new ApiProblem(
                        ProblemCode.EMPTY_BODY, "The file is empty. Send a header line and at least one row.");
            }
            Upload upload = new Upload(file, bytes, HexFormat.of().formatHex(digest.digest()));
            file = null;
            return upload;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        } finally {
            if (file != null) {
                delete(file);
            }
        }
    }

    private long copy(InputStream body, Path file) {
        byte[] buffer = new byte[BUFFER];
        long total = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int count = read(body, buffer); count >= 0; count = read(body, buffer)) {
                total += count;
                if (total > limit) {
                    throw tooLarge();
                }
                out.write(buffer, 0, count);
            }
        } catch (IOException full) {
            throw storage(full);
        }
        return total;
    }

    private static int read(InputStream body, byte[] buffer) {
        try {
            return body.read(buffer);
        } catch (IOException cutOff) {
            throw new ApiProblem(
                    ProblemCode.BODY_INCOMPLETE,
                    "The connection ended before the file did. Nothing was imported; send it again.");
        }
    }

    private Path create() {
        try {
            return Files.createTempFile(directory, "callisto-import-", ".part");
        } catch (IOException full) {
            throw storage(full);
        }
    }

    private static ApiProblem storage(IOException failure) {
        log.atError()
                .addKeyValue("cause", failure.getClass().getSimpleName())
                .setCause(failure)
                .log("upload not stored");
        return new ApiProblem(
                ProblemCode.STORAGE_FULL,
                "The upload could not be stored. An administrator must make room in callisto.console.spool-dir.");
    }

    private ApiProblem tooLarge() {
        return new ApiProblem(
                ProblemCode.BODY_TOO_LARGE,
                "The file is larger than " + limit
                        + " bytes. Split it and import the pieces one after the other, or raise"
                        + " callisto.console.max-import-bytes.");
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            log.atWarn().addKeyValue("file", file.getFileName()).log("temporary file not deleted");
        }
    }
}
