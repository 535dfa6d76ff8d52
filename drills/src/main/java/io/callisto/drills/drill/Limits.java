package io.callisto.drills.drill;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The figures for a drill, from the fault to the first work done.
 *
 * @param p50 null where only the worst counts
 */
public record Limits(@Nullable Duration p50, Duration p99) {
    /** {@code kill -9} of a process. */
    static final Limits PROCESS = new Limits(Duration.ofSeconds(1), Duration.ofSeconds(3));
    /** Loss, freeze or cut of a host, and of a process that stays connected. */
    static final Limits HOST = new Limits(null, Duration.ofSeconds(5));

    static final Limits GRACEFUL = new Limits(null, Duration.ofSeconds(1));
    /** Director and manager together, by CD-15. */
    static final Limits BOTH = new Limits(null, Duration.ofSeconds(10));
    /** A service on the only server: as long as its JVM needs to start. */
    static final Limits RESTART = new Limits(null, Duration.ofSeconds(30));

    static Limits within(Duration p99) {
        return new Limits(null, p99);
    }

    /** For a machine that does other work, too. */
    Limits times(double slack) {
        return new Limits(p50 == null ? null : scaled(p50, slack), scaled(p99, slack));
    }

    private static Duration scaled(Duration limit, double slack) {
        return Duration.ofMillis(Math.round(limit.toMillis() * slack));
    }

    /** Such as {@code p50 < 1000 ms, p99 < 3000 ms}. */
    public String text() {
        return (p50 == null ? "" : "p50 < " + p50.toMillis() + " ms, ") + "p99 < " + p99.toMillis() + " ms";
    }
}
