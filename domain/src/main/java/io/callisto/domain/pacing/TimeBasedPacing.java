package io.callisto.domain.pacing;

/**
 * Time-based pacing (POM: automated voice): so many calls per second, so many at once. A token bucket as a value: the
 * caller
 * keeps it and hands it back.
 *
 * @param tokens calls that may be placed now; fractions carry over
 */
public record TimeBasedPacing(double tokens) {
    /** Longest pause that is made good afterwards; a longer one (a takeover, a freeze) must not end in a burst. */
    private static final double MAX_CATCH_UP_SECONDS = 0.5;

    public static final TimeBasedPacing START = new TimeBasedPacing(0);

    /**
     * @param pacing the bucket after the calls were taken
     * @param calls how many to place now; not negative
     */
    public record Decision(TimeBasedPacing pacing, int calls) {}

    /**
     * Decides how many calls to place now.
     *
     * @param elapsedSeconds monotonic time since the last decision; not negative
     * @param callsPerSecond pace; positive
     * @param inProgress calls in progress, reservations included
     * @param maxCalls most calls in progress
     * @param batchLimit most calls of one decision
     */
    public Decision decide(double elapsedSeconds, double callsPerSecond, int inProgress, int maxCalls, int batchLimit) {
        double cap = Math.max(1, callsPerSecond * MAX_CATCH_UP_SECONDS);
        double available = Math.min(cap, tokens + callsPerSecond * elapsedSeconds);
        int room = Math.max(0, maxCalls - inProgress);
        int calls = Math.min((int) available, Math.min(room, batchLimit));
        return new Decision(new TimeBasedPacing(available - calls), calls);
    }

    /** Gives back calls that were not placed after all. */
    public TimeBasedPacing giveBack(int calls) {
        return new TimeBasedPacing(tokens + calls);
    }
}
