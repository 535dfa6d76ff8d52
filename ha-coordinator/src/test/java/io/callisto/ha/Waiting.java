package io.callisto.ha;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waits for conditions, never for times. */
final class Waiting {
    private Waiting() {}

    static void until(Duration limit, Callable<Boolean> condition) {
        Awaitility.await().atMost(limit).pollInterval(Duration.ofMillis(5)).until(condition);
    }
}
