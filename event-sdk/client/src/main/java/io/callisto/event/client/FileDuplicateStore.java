package io.callisto.event.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A ring of (number, event id) in a file: 24 bytes written at once per event, the oldest overwritten. What the
 * operating system has survives the process. A slot torn by a power cut is an id that no event has.
 */
final class FileDuplicateStore implements DuplicateStore {
    private static final int SLOT = 3 * Long.BYTES;

    private final FileChannel channel;
    private final int capacity;
    private final RecentEvents recent;
    private final ByteBuffer slot = ByteBuffer.allocate(SLOT);
    private long number;

    private FileDuplicateStore(FileChannel channel, int capacity) {
        this.channel = channel;
        this.capacity = capacity;
        this.recent = new RecentEvents(capacity);
    }

    static FileDuplicateStore open(Path file, int capacity) {
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new IOException(file + " is in use by another client; give each its own file");
            }
            FileDuplicateStore store = new FileDuplicateStore(channel, capacity);
            store.load();
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // by another client of this JVM
        }
    }

    private void load() throws IOException {
        record Entry(long number, UUID id) {}
        List<Entry> entries = new ArrayList<>();
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(channel.size() / SLOT * SLOT));
        int read = 0;
        while (all.hasRemaining() && read >= 0) {
            read = channel.read(all, all.position());
        }
        all.flip();
        while (all.remaining() >= SLOT) {
            entries.add(new Entry(all.getLong(), new UUID(all.getLong(), all.getLong())));
        }
        entries.stream()
                .filter(entry -> entry.number() > 0)
                .sorted(Comparator.comparingLong(Entry::number))
                .forEach(entry -> {
                    recent.add(entry.id());
                    number = entry.number();
                });
        if (channel.size() > (long) capacity * SLOT) {
            rewrite(entries.stream()
                    .sorted(Comparator.comparingLong(Entry::number).reversed())
                    .limit(capacity)
                    .sorted(Comparator.comparingLong(Entry::number))
                    .map(Entry::id)
                    .toList());
        }
    }

    private void rewrite(List<UUID> newest) throws IOException {
        channel.truncate(0);
        number = 0;
        for (UUID id : newest) {
            write(id);
        }
    }

    @Override
    public synchronized boolean contains(UUID eventId) {
        return recent.contains(eventId);
    }

    @Override
    public synchronized void add(UUID eventId) {
        if (recent.contains(eventId)) {
            return;
        }
        try {
            write(eventId);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        recent.add(eventId);
    }

    private void write(UUID eventId) throws IOException {
        number++;
        slot.clear();
        slot.putLong(number)
                .putLong(eventId.getMostSignificantBits())
                .putLong(eventId.getLeastSignificantBits())
                .flip();
        long at = (number - 1) % capacity * SLOT;
        while (slot.hasRemaining()) {
            at += channel.write(slot, at);
        }
    }

    @Override
    public synchronized void clear() {
        try {
            rewrite(List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        recent.clear();
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
