package io.callisto.events.aggregate;

import io.callisto.domain.Ticker;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** What is done now and then. Used by one thread. */
final class Rounds {
    /** What. */
    enum Kind {
        /** New topics. */
        TOPICS,
        /** What waits and is due. */
        DUE,
        /** Orders of an administrator. */
        ORDERS,
        /** What can be forgotten. */
        SWEEP,
        /** Gauges. */
        SHOW
    }

    private final Ticker ticker;
    private final Map<Kind, Long> next = new EnumMap<>(Kind.class);

    Rounds(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Whether it is time; then the next time is that much later. */
    boolean due(Kind kind, Duration every) {
        Long at = next.get(kind);
        if (at != null && ticker.nanos() - at < 0) {
            return false;
        }
        put(kind, every);
        return true;
    }

    /** It is time after that. */
    void put(Kind kind, Duration after) {
        next.put(kind, ticker.nanos() + after.toNanos());
    }
}
