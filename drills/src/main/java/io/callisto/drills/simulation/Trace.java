package io.callisto.drills.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What happened, line by line: a hash over all of it, and the last lines. */
final class Trace {
    private static final int TAIL = 60;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final Deque<String> tail = new ArrayDeque<>();
    private final @Nullable Consumer<String> listener;
    private long hash = FNV_OFFSET;

    /**
     * @param listener gets every line at once; null where nobody reads along
     */
    Trace(@Nullable Consumer<String> listener) {
        this.listener = listener;
    }

    void add(long nowNanos, String what) {
        String line = nowNanos / 1_000 + " " + what;
        for (int i = 0; i < line.length(); i++) {
            hash = (hash ^ line.charAt(i)) * FNV_PRIME;
        }
        tail.addLast(line);
        if (tail.size() > TAIL) {
            tail.removeFirst();
        }
        if (listener != null) {
            listener.accept(line);
        }
    }

    long hash() {
        return hash;
    }

    List<String> tail() {
        return List.copyOf(tail);
    }
}
