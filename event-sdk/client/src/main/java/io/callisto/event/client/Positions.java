package io.callisto.event.client;

import io.callisto.event.client.source.SourcePartition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far each partition is dealt with, without gaps. Used by the client's thread; only {@link Open#acknowledge} may be
 * called by others.
 */
final class Positions {
    /** An event that was given out. */
    static final class Open {
        private final long offset;
        private final @Nullable UUID eventId;
        private volatile boolean done;

        private Open(long offset, @Nullable UUID eventId, boolean done) {
            this.offset = offset;
            this.eventId = eventId;
            this.done = done;
        }

        void acknowledge() {
            done = true;
        }
    }

    private static final class Progress {
        private long next;
        private long kept = -1;
        private final Deque<Open> open = new ArrayDeque<>();
    }

    private final Map<SourcePartition, Progress> partitions = new HashMap<>();
    private int open;

    /** A partition is read from that offset on, which is a position worth keeping. */
    void begin(SourcePartition partition, long next) {
        forget(List.of(partition));
        Progress progress = new Progress();
        progress.next = next;
        partitions.put(partition, progress);
    }

    void forget(Collection<SourcePartition> gone) {
        for (SourcePartition partition : gone) {
            Progress progress = partitions.remove(partition);
            open -= progress == null ? 0 : progress.open.size();
        }
    }

    /** A record is dealt with. */
    void done(SourcePartition partition, long offset) {
        Progress progress = partitions.get(partition);
        if (progress == null) {
            return; // not ours any more
        }
        if (progress.open.isEmpty()) {
            progress.next = offset + 1;
        } else {
            progress.open.addLast(new Open(offset, null, true));
            open++;
        }
    }

    /** What an event that is about to be given out is acknowledged with. */
    Open prepared(long offset, UUID eventId) {
        return new Open(offset, eventId, false);
    }

    /** An event is given out and will be, or is already, acknowledged. */
    void open(SourcePartition partition, Open given) {
        Progress progress = partitions.get(partition);
        if (progress != null) {
            progress.open.addLast(given);
            open++;
        }
    }

    /** How many events are given out and not acknowledged, or stand behind such. */
    int open() {
        return open;
    }

    /** Takes in what was acknowledged since. */
    List<UUID> settle() {
        List<UUID> settled = new ArrayList<>();
        for (Progress progress : partitions.values()) {
            Open first = progress.open.peekFirst();
            while (first != null && first.done) {
                progress.open.removeFirst();
                open--;
                progress.next = first.offset + 1;
                if (first.eventId != null) {
                    settled.add(first.eventId);
                }
                first = progress.open.peekFirst();
            }
        }
        return settled;
    }

    /** Nothing is left of what was read: the marks of transactions behind the last event count as dealt with too. */
    void caughtUp(SourcePartition partition, long position) {
        Progress progress = partitions.get(partition);
        if (progress != null && progress.open.isEmpty() && position > progress.next) {
            progress.next = position;
        }
    }

    /** Positions that are not kept yet. */
    Map<SourcePartition, Long> unkept() {
        Map<SourcePartition, Long> found = new HashMap<>();
        partitions.forEach((partition, progress) -> {
            if (progress.next != progress.kept) {
                found.put(partition, progress.next);
            }
        });
        return found;
    }

    void kept(Map<SourcePartition, Long> positions) {
        positions.forEach((partition, position) -> {
            Progress progress = partitions.get(partition);
            if (progress != null) {
                progress.kept = position;
            }
        });
    }
}
