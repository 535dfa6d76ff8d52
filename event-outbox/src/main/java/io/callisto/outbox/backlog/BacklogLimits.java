package io.callisto.outbox.backlog;

import java.time.Duration;

/**
 * When the backlog is an alarm, and when it stops new work. The same in all processes of a cluster.
 *
 * @param lateAfter the alarm is raised when the oldest event has waited for so long, and cleared below half of it
 * @param fullRows so many events stop new work, which resumes below four fifths of them
 * @param every time between two measurements; one process of the cluster makes each of them
 */
public record BacklogLimits(Duration lateAfter, long fullRows, Duration every) {
    /** Property with {@link #lateAfter}. */
    public static final String LATE_PROPERTY = "callisto.outbox.late-after";

    /** Property with {@link #fullRows}. */
    public static final String FULL_PROPERTY = "callisto.outbox.full-rows";

    /** Value of {@value #LATE_PROPERTY} where it is not set. */
    public static final Duration LATE_AFTER = Duration.ofSeconds(10);

    /** Value of {@value #FULL_PROPERTY} where it is not set: some gigabytes. */
    public static final long FULL_ROWS = 5_000_000;

    private static final Duration EVERY = Duration.ofSeconds(2);

    public BacklogLimits {
        if (lateAfter.isNegative() || lateAfter.isZero()) {
            throw new IllegalArgumentException(LATE_PROPERTY + " must be positive, is " + lateAfter);
        }
        if (fullRows < 1) {
            throw new IllegalArgumentException(FULL_PROPERTY + " must be positive, is " + fullRows);
        }
        if (every.isNegative() || every.isZero()) {
            throw new IllegalArgumentException("the time between two measurements must be positive, is " + every);
        }
    }

    /** Measured every two seconds. */
    public BacklogLimits(Duration lateAfter, long fullRows) {
        this(lateAfter, fullRows, EVERY);
    }

    /** Below so many rows new work resumes. */
    long resumeRows() {
        return Math.max(1, fullRows - fullRows / 5);
    }

    double lateSeconds() {
        return lateAfter.toMillis() / 1000.0;
    }
}
