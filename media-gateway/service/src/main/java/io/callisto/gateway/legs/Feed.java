package io.callisto.gateway.legs;

import io.callisto.gateway.v1.LegEvent;
import java.util.ArrayList;
import java.util.List;

/** The events of one scope, the newest of them in memory. Guarded by the exchange's lock. */
final class Feed {
    /** Events of a zone of 1,000 agents for a quarter of an hour. */
    static final int KEPT = 50_000;

    private record Entry(LegEvent event, long position) {}

    private final List<Entry> kept = new ArrayList<>();
    private long last;

    /** Sequence of the newest event; 0: there is none. */
    long last() {
        return last;
    }

    /** Whether the event after this one is here, or will be. */
    boolean reaches(long after) {
        return after <= last && after >= last - kept.size();
    }

    /** @param position end of the event's note in the registry */
    void add(LegEvent event, long position) {
        if (event.getSequence() != last + 1) {
            throw new IllegalArgumentException(
                    "event " + event.getSequence() + " of a scope follows its event " + last);
        }
        last = event.getSequence();
        kept.add(new Entry(event, position));
        if (kept.size() >= 2 * KEPT) {
            kept.subList(0, KEPT).clear();
        }
    }

    /** Up to this many events that follow; none whose note is not yet on disk. */
    List<LegEvent> after(long sequence, int most, long durable) {
        List<LegEvent> found = new ArrayList<>();
        int from = (int) (sequence - (last - kept.size()));
        for (int i = from; i < kept.size() && found.size() < most; i++) {
            Entry entry = kept.get(i);
            if (entry.position() > durable) {
                break;
            }
            found.add(entry.event());
        }
        return found;
    }
}
