package io.callisto.event.client;

import java.time.Duration;

/**
 * How often a handler that throws is called again with the same event before the {@link ErrorHandler} is asked, and
 * how long the client waits in between. Later events of the same client wait too, which keeps the order.
 *
 * @param tries how often again; 0 for never
 * @param firstWait before the second call
 * @param factor by which each wait is longer than the one before; at least 1
 * @param longestWait limit of a wait
 */
public record RetryPolicy(int tries, Duration firstWait, double factor, Duration longestWait) {
    public RetryPolicy {
        if (tries < 0 || factor < 1 || firstWait.isNegative() || longestWait.compareTo(firstWait) < 0) {
            throw new IllegalArgumentException(
                    "a retry policy needs tries >= 0, factor >= 1 and 0 <= firstWait <= longestWait");
        }
    }

    /** Five more tries: after 0.2 s, 0.4 s, 0.8 s, 1.6 s, 3.2 s. */
    public static RetryPolicy standard() {
        return new RetryPolicy(5, Duration.ofMillis(200), 2, Duration.ofSeconds(30));
    }

    /** None: the error handler is asked at once. */
    public static RetryPolicy none() {
        return new RetryPolicy(0, Duration.ZERO, 1, Duration.ZERO);
    }

    /**
     * The wait after so many failures.
     *
     * @param failures at least 1
     */
    Duration waitAfter(int failures) {
        double millis = firstWait.toMillis() * Math.pow(factor, failures - 1);
        return millis >= longestWait.toMillis() ? longestWait : Duration.ofMillis((long) millis);
    }
}
