package io.callisto.gateway.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open file, replayed: everything up to {@code end} is sound, and nothing follows.
 *
 * @param path for messages, and for readers
 * @param channel locked against other processes
 * @param incarnation of this registry
 * @param run number of this opening, from 1
 * @param end where the next group goes
 */
record RegistryFile(Path path, FileChannel channel, long incarnation, long run, long end) {
    private static final Logger log = LoggerFactory.getLogger(RegistryFile.class);
    private static final String NAME = "registry.log";
    private static final String START_ANEW =
            "If there is none, move the directory away: the gateway then starts as a new incarnation, and what became"
                    + " of attempts in flight is in doubt.";

    /** Opens or creates the registry of a directory, and tells the visitor what is in it. */
    static RegistryFile open(Path directory, RegistryIdentity identity, RegistryVisitor visitor) {
        Path path = directory.resolve(NAME);
        FileChannel channel = null;
        try {
            Files.createDirectories(directory);
            if (!Files.exists(path)) {
                create(directory, path, identity);
            }
            channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            lock(path, channel);
            RegistryFile file = replay(path, channel, visitor);
            channel = null;
            return file;
        } catch (IOException failure) {
            throw new RegistryUnusable(
                    "the call registry " + path + " cannot be opened: " + failure,
                    "Name a directory that this user may write, on a disk with free space"
                            + " (callisto.gateway.directory).",
                    failure);
        } finally {
            closeQuietly(channel);
        }
    }

    private static void create(Path directory, Path path, RegistryIdentity identity) throws IOException {
        Path draft = directory.resolve(NAME + ".new");
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(RegistryFormat.header(identity.incarnation(), identity.createdAtMillis()));
            channel.force(true);
        }
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        // The name must be on disk too, or a power failure loses the whole registry.
        try (FileChannel entry = FileChannel.open(directory, StandardOpenOption.READ)) {
            entry.force(true);
        }
        log.atInfo()
                .addKeyValue("directory", directory)
                .addKeyValue("incarnation", identity.incarnation())
                .log("new call registry");
    }

    private static void lock(Path path, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            lock = null;
        }
        if (lock == null) {
            throw new RegistryUnusable(
                    "the call registry " + path + " is in use by another gateway",
                    "Stop the other gateway, or give this one its own callisto.gateway.directory.",
                    null);
        }
    }

    private static RegistryFile replay(Path path, FileChannel channel, RegistryVisitor visitor) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(RegistryFormat.HEADER_BYTES);
        channel.read(header, 0);
        long incarnation = RegistryFormat.incarnation(header.flip());
        if (incarnation == 0) {
            throw damaged(path, 0);
        }
        GroupReader groups = new GroupReader(channel, RegistryFormat.HEADER_BYTES, channel.size());
        RecordDecoder decoder = new RecordDecoder(visitor);
        try {
            for (ByteBuffer records = groups.next(); records != null; records = groups.next()) {
                decoder.decode(records);
            }
        } catch (IllegalArgumentException unknownRecord) {
            throw new RegistryUnusable(
                    "the call registry " + path + " cannot be read before byte " + groups.position() + ": "
                            + unknownRecord.getMessage(),
                    "It was written by another version of the gateway: start that version.",
                    unknownRecord);
        }
        cutTail(path, channel, groups);
        return new RegistryFile(path, channel, incarnation, decoder.run() + 1, groups.position());
    }

    private static void cutTail(Path path, FileChannel channel, GroupReader groups) throws IOException {
        if (!groups.onlyZerosLeft()) {
            if (groups.wasDurable()) {
                throw damaged(path, groups.position());
            }
            log.atWarn()
                    .addKeyValue("file", path)
                    .addKeyValue("from", groups.position())
                    .addKeyValue("bytes", channel.size() - groups.position())
                    .log("a write of the call registry was cut short by a crash and is dropped; it was not confirmed");
        }
        channel.truncate(groups.position());
        channel.force(true);
    }

    private static RegistryUnusable damaged(Path path, long position) {
        return new RegistryUnusable(
                "the call registry " + path + " is damaged at byte " + position + ", where it was sound once",
                "Check the disk. Put back a copy of the file that is complete. " + START_ANEW,
                null);
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException failure) {
                log.atWarn().setCause(failure).log("the call registry could not be closed");
            }
        }
    }
}
