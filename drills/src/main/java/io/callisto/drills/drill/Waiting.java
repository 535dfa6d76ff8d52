package io.callisto.drills.drill;

import io.callisto.drills.load.Patience;
import io.callisto.drills.testbed.DrillTarget;
import io.callisto.drills.testbed.TargetFailure;
import java.time.Duration;

/** Waiting for processes. */
final class Waiting {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

    private Waiting() {}

    /** Until the process has ended. */
    static void gone(DrillTarget target, String process) {
        if (!Patience.until(STOP_LIMIT, () -> !target.running(process))) {
            throw new TargetFailure(process + " does not end; look at its log in " + target.logs(), null);
        }
    }
}
