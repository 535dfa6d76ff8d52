package io.callisto.server.kafkaha;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** SHA-256 of a file of any size. */
final class FileDigest {
    private FileDigest() {}

    static byte[] of(Path file) throws IOException {
        MessageDigest digest = Digest.fresh();
        byte[] buffer = new byte[65_536];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return digest.digest();
    }
}
