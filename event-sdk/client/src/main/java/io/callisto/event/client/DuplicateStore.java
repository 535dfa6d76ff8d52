package io.callisto.event.client;

import java.nio.file.Path;
import java.util.UUID;

/**
 * Remembers which events were dealt with. Asked before the handler and told after it. Used by the client's thread; a
 * store shared by several clients must be thread-safe. What it throws is treated as what a handler throws.
 */
public interface DuplicateStore extends AutoCloseable {
    boolean contains(UUID eventId);

    void add(UUID eventId);

    /** Called when the client stops. */
    @Override
    default void close() {}

    /** Forgets all; before events are read again on purpose. */
    void clear();

    /**
     * The last events, in memory: enough for all repeats but those of a restart after a crash.
     *
     * @param capacity how many; an event takes about 100 bytes
     */
    static DuplicateStore inMemory(int capacity) {
        return new RecentEvents(capacity);
    }

    /**
     * The last events, in memory and in a file that survives the process (not the power): after a crash only the event
     * that was being handled can come twice.
     *
     * @param file of this client alone; made where it does not exist
     * @param capacity how many; an event takes 24 bytes of the file
     * @throws java.io.UncheckedIOException where the file cannot be used
     */
    static DuplicateStore inFile(Path file, int capacity) {
        return FileDuplicateStore.open(file, capacity);
    }

    /** None: the handler deals with repeats itself. */
    static DuplicateStore none() {
        return new DuplicateStore() {
            @Override
            public boolean contains(UUID eventId) {
                return false;
            }

            @Override
            public void add(UUID eventId) {}

            @Override
            public void clear() {}
        };
    }
}
