package io.callisto.server.supervisor;

import java.time.Duration;

/** How long to wait before a process that ended is started again. */
final class BackOff {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final Duration STABLE = Duration.ofSeconds(60);

    private BackOff() {}

    /** How many failures in a row there are, now that a process has ended after {@code uptime}. */
    static int failures(int before, Duration uptime) {
        return uptime.compareTo(STABLE) >= 0 ? 1 : before + 1;
    }

    /** The wait after that many failures in a row. */
    static Duration delay(int failures) {
        long millis = FIRST.toMillis() << Math.min(10, Math.max(0, failures - 1));
        return millis > LONGEST.toMillis() ? LONGEST : Duration.ofMillis(millis);
    }
}
