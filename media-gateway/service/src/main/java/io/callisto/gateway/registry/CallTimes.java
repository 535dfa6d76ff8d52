package io.callisto.gateway.registry;

/**
 * When a call reached its phases, in milliseconds since 1970 by the gateway's clock; 0: not reached. For display and
 * reports only.
 */
public record CallTimes(long dialed, long ringing, long answered, long ended) {
    public static final CallTimes NONE = new CallTimes(0, 0, 0, 0);

    /**
     * A later time in four bytes: one more than its distance from {@code from}, or 0 where it is not reached. A clock
     * that was
     * set back makes it {@code from} itself.
     */
    public static int distance(long from, long time) {
        return time == 0 ? 0 : 1 + (int) Math.min(Integer.MAX_VALUE - 1, Math.max(0, time - from));
    }

    /** The time of a {@link #distance}. */
    public static long at(long from, int distance) {
        return distance == 0 ? 0 : from + distance - 1;
    }
}
