package io.callisto.ha;

import java.time.Duration;

/**
 * How far the wall clock of this node is from the database's, as last measured. Nothing about ownership depends on it:
 * expiry is judged by the database alone, deadlines by a monotonic clock. Calling hours and timestamps do depend on it.
 *
 * @param millis positive where this node's clock is ahead
 * @param uncertaintyMillis half the round trip of the measurement
 * @param beyond whether that is more than is allowed
 */
public record ClockSkew(long millis, long uncertaintyMillis, boolean beyond) {
    static final ClockSkew UNKNOWN = new ClockSkew(0, Long.MAX_VALUE, false);

    public boolean known() {
        return uncertaintyMillis != Long.MAX_VALUE;
    }

    /**
     * The database told its time somewhere between the two readings; the middle is off by half of them at most, and
     * that much is let pass.
     */
    static ClockSkew measured(long beforeMillis, long databaseMillis, long afterMillis, Duration limit) {
        long middle = beforeMillis + (afterMillis - beforeMillis) / 2;
        long uncertainty = Math.max(0, (afterMillis - beforeMillis + 1) / 2);
        long skew = middle - databaseMillis;
        return new ClockSkew(skew, uncertainty, Math.abs(skew) - uncertainty > limit.toMillis());
    }
}
