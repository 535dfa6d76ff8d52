package io.callisto.gateway.calls;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The calls that have not ended, by entry and by the time of their next move. Guarded by the exchange's lock. */
final class LiveCalls {
    private final Map<Integer, LiveCall> byEntry = new HashMap<>();
    /** Ended calls stay here until they are due. Tickers wrap, so times are compared by subtraction. */
    private final PriorityQueue<LiveCall> byDue =
            new PriorityQueue<>((left, right) -> Long.signum(left.dueNanos - right.dueNanos));

    int size() {
        return byEntry.size();
    }

    /** Accepted; it does not move before {@link #schedule}. */
    void add(LiveCall call) {
        byEntry.put(call.entry, call);
    }

    boolean contains(LiveCall call) {
        return byEntry.get(call.entry) == call;
    }

    @Nullable
    LiveCall find(int entry) {
        return byEntry.get(entry);
    }

    void schedule(LiveCall call, long dueNanos) {
        call.dueNanos = dueNanos;
        byDue.add(call);
    }

    /** Another time than before; costs a look at every call that is scheduled. */
    void reschedule(LiveCall call, long dueNanos) {
        byDue.remove(call);
        schedule(call, dueNanos);
    }

    /** Takes the next call that is due out of the schedule; null: none is. */
    @Nullable
    LiveCall pollDue(long nowNanos) {
        for (LiveCall first = byDue.peek(); first != null && first.dueNanos - nowNanos <= 0; first = byDue.peek()) {
            byDue.poll();
            if (contains(first)) {
                return first;
            }
        }
        return null;
    }

    void remove(LiveCall call) {
        byEntry.remove(call.entry);
    }

    List<LiveCall> all() {
        return new ArrayList<>(byEntry.values());
    }
}
