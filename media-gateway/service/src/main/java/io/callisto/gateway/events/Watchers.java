package io.callisto.gateway.events;

import io.callisto.gateway.v1.CallEventBatch;
import io.callisto.gateway.v1.CallState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * One watcher a scope: the highest epoch's newest stream. For each only the numbers of the calls that changed are kept,
 * so
 * several changes of a call become one event. Guarded by the exchange's lock; what {@link #collect} returns is sent
 * after the
 * lock is given back, by one thread.
 */
public final class Watchers {
    private static final int MAX_BATCH = 500;
    private static final int MAX_BATCHES_AT_ONCE = 8;
    /** Calls that changed and were not sent; beyond it the stream is ended, and the watcher resolves. */
    private static final int MAX_BACKLOG = 200_000;

    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A stream that is registered. */
    public static final class Watcher {
        private final String scope;
        private final long epoch;
        private final CallStream stream;
        private final Set<Integer> changed = new LinkedHashSet<>();
        private boolean greeted;
        private long lastSentNanos;

        private Watcher(String scope, long epoch, CallStream stream) {
            this.scope = scope;
            this.epoch = epoch;
            this.stream = stream;
        }
    }

    private final Map<String, Watcher> byScope = new HashMap<>();
    private final List<Runnable> ends = new ArrayList<>();

    /** Registers a stream in place of the scope's present one. The caller has checked the epoch. */
    public Watcher put(String scope, long epoch, CallStream stream) {
        Watcher watcher = new Watcher(scope, epoch, stream);
        Watcher old = byScope.put(scope, watcher);
        if (old != null) {
            ends.add(() -> old.stream.end(CallStream.End.REPLACED));
        }
        return watcher;
    }

    /** The watcher has gone by itself. */
    public void remove(Watcher watcher) {
        byScope.remove(watcher.scope, watcher);
    }

    /** A scope has a new epoch: a watcher of a lower one ends. */
    public void fence(String scope, long epoch) {
        Watcher watcher = byScope.get(scope);
        if (watcher != null && watcher.epoch < epoch) {
            byScope.remove(scope);
            ends.add(() -> watcher.stream.end(CallStream.End.REPLACED));
        }
    }

    /** A call of the scope changed. */
    public void changed(String scope, int entry) {
        Watcher watcher = byScope.get(scope);
        if (watcher == null) {
            return;
        }
        watcher.changed.add(entry);
        if (watcher.changed.size() > MAX_BACKLOG) {
            byScope.remove(scope);
            ends.add(() -> watcher.stream.end(CallStream.End.TOO_SLOW));
        }
    }

    /** Ends all streams. */
    public void closeAll() {
        for (Watcher watcher : byScope.values()) {
            ends.add(() -> watcher.stream.end(CallStream.End.CLOSED));
        }
        byScope.clear();
    }

    /**
     * What is to be sent now, in order.
     *
     * @param states of calls by entry
     */
    public List<Runnable> collect(long nowNanos, long ticket, IntFunction<CallState> states) {
        List<Runnable> deliveries = new ArrayList<>(ends);
        ends.clear();
        for (Watcher watcher : byScope.values()) {
            if (!watcher.stream.ready()) {
                continue;
            }
            boolean silent = !watcher.greeted || nowNanos - watcher.lastSentNanos >= HEARTBEAT_NANOS;
            for (int i = 0; i < MAX_BATCHES_AT_ONCE && (silent || !watcher.changed.isEmpty()); i++) {
                CallEventBatch batch = batch(watcher, ticket, states);
                deliveries.add(() -> watcher.stream.send(batch));
                silent = false;
                watcher.greeted = true;
                watcher.lastSentNanos = nowNanos;
            }
        }
        return deliveries;
    }

    private static CallEventBatch batch(Watcher watcher, long ticket, IntFunction<CallState> states) {
        CallEventBatch.Builder batch = CallEventBatch.newBuilder().setTicket(ticket);
        Iterator<Integer> changed = watcher.changed.iterator();
        while (changed.hasNext() && batch.getCallsCount() < MAX_BATCH) {
            batch.addCalls(states.apply(changed.next()));
            changed.remove();
        }
        return batch.build();
    }
}
