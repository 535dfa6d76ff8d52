package io.callisto.gateway.legs;

import io.callisto.gateway.events.CallStream;
import io.callisto.gateway.v1.LegEvent;
import io.callisto.gateway.v1.LegEventBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One watcher a scope, as for calls; but every event is sent, in order, from where the watcher wants it on. Guarded by
 * the exchange's lock; what {@link #collect} returns is sent after the lock is given back, by one thread.
 */
final class LegWatchers {
    private static final int MAX_BATCH = 500;
    private static final int MAX_BATCHES_AT_ONCE = 8;
    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A stream that is registered. */
    static final class Watcher {
        private final String scope;
        private final long epoch;
        private final Feed feed;
        private final LegStream stream;
        private long sent;
        private boolean greeted;
        private long lastSentNanos;

        private Watcher(String scope, long epoch, Feed feed, long sent, LegStream stream) {
            this.scope = scope;
            this.epoch = epoch;
            this.feed = feed;
            this.sent = sent;
            this.stream = stream;
        }
    }

    private final Map<String, Watcher> byScope = new HashMap<>();
    private final List<Runnable> ends = new ArrayList<>();

    /** Registers a stream in place of the scope's present one. The caller has checked the epoch. */
    Watcher put(String scope, long epoch, Feed feed, long after, LegStream stream) {
        Watcher watcher = new Watcher(scope, epoch, feed, after, stream);
        Watcher old = byScope.put(scope, watcher);
        if (old != null) {
            ends.add(() -> old.stream.end(CallStream.End.REPLACED));
        }
        return watcher;
    }

    void remove(Watcher watcher) {
        byScope.remove(watcher.scope, watcher);
    }

    /** A scope has a new epoch: a watcher of a lower one ends. */
    void fence(String scope, long epoch) {
        Watcher watcher = byScope.get(scope);
        if (watcher != null && watcher.epoch < epoch) {
            byScope.remove(scope);
            ends.add(() -> watcher.stream.end(CallStream.End.REPLACED));
        }
    }

    void closeAll() {
        for (Watcher watcher : byScope.values()) {
            ends.add(() -> watcher.stream.end(CallStream.End.CLOSED));
        }
        byScope.clear();
    }

    /**
     * What is to be sent now, in order.
     *
     * @param draft of a batch: ticket, load and incarnation
     * @param durable end of what is on disk in the registry
     */
    List<Runnable> collect(long nowNanos, LegEventBatch draft, long durable) {
        List<Runnable> deliveries = new ArrayList<>(ends);
        ends.clear();
        List<Watcher> tooSlow = new ArrayList<>();
        for (Watcher watcher : byScope.values()) {
            if (!watcher.feed.reaches(watcher.sent)) {
                tooSlow.add(watcher);
            } else if (watcher.stream.ready()) {
                collect(watcher, nowNanos, draft, durable, deliveries);
            }
        }
        for (Watcher watcher : tooSlow) {
            byScope.remove(watcher.scope);
            deliveries.add(() -> watcher.stream.end(CallStream.End.TOO_SLOW));
        }
        return deliveries;
    }

    private static void collect(
            Watcher watcher, long nowNanos, LegEventBatch draft, long durable, List<Runnable> deliveries) {
        boolean silent = !watcher.greeted || nowNanos - watcher.lastSentNanos >= HEARTBEAT_NANOS;
        for (int i = 0; i < MAX_BATCHES_AT_ONCE; i++) {
            List<LegEvent> events = watcher.feed.after(watcher.sent, MAX_BATCH, durable);
            if (events.isEmpty() && !silent) {
                return;
            }
            LegEventBatch batch = draft.toBuilder().addAllEvents(events).build();
            deliveries.add(() -> watcher.stream.send(batch));
            watcher.sent += events.size();
            watcher.greeted = true;
            watcher.lastSentNanos = nowNanos;
            silent = false;
        }
    }
}
