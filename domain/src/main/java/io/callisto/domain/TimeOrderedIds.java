package io.callisto.domain;

import java.time.Clock;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** UUID version 7 (RFC 9562): 48 bits of Unix milliseconds, then randomness. Thread-safe. */
public final class TimeOrderedIds implements IdGenerator {
    private final Clock clock;
    private final RandomGenerator random;

    /**
     * @param clock only orders the ids; no decision depends on it
     * @param random must be thread-safe or used by one thread; collisions are refused by unique keys, never merged
     */
    public TimeOrderedIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public synchronized UUID next() {
        long high = (clock.millis() << 16) | 0x7000L | (random.nextLong() & 0xfffL);
        long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
