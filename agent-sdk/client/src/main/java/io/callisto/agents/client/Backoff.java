package io.callisto.agents.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt to connect: the same for one round over all addresses, then twice as long,
 * up to a limit, and of that a random part between a half and all.
 *
 * @param first before the attempts of the first round
 * @param longest limit
 */
public record Backoff(Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 16;

    public static final Backoff USUAL = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(10));

    public Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("a backoff goes up from a time above zero: " + first + ", " + longest);
        }
    }

    /**
     * The wait before an attempt.
     *
     * @param attempt 0 for the first after a connection was lost
     * @param servers how many addresses there are
     */
    Duration before(int attempt, int servers, RandomGenerator random) {
        int doublings = Math.min(attempt / Math.max(servers, 1), MOST_DOUBLINGS);
        long millis = Math.min(first.toMillis() << doublings, longest.toMillis());
        return Duration.ofMillis(millis / 2 + random.nextLong(millis - millis / 2 + 1));
    }
}
