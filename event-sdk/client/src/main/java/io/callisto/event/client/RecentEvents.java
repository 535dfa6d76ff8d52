package io.callisto.event.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** The last so many events, in memory. */
final class RecentEvents implements DuplicateStore {
    private final int capacity;
    private final Set<UUID> known = new HashSet<>();
    private final Deque<UUID> order = new ArrayDeque<>();

    RecentEvents(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    "the capacity must be at least 1, not " + capacity + "; DuplicateStore.none() remembers nothing");
        }
        this.capacity = capacity;
    }

    @Override
    public synchronized boolean contains(UUID eventId) {
        return known.contains(eventId);
    }

    @Override
    public synchronized void add(UUID eventId) {
        if (known.add(eventId)) {
            order.addLast(eventId);
            if (order.size() > capacity) {
                known.remove(order.removeFirst());
            }
        }
    }

    @Override
    public synchronized void clear() {
        known.clear();
        order.clear();
    }
}
