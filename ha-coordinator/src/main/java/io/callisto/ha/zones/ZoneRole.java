package io.callisto.ha.zones;

import io.callisto.domain.ZoneId;
import io.callisto.ha.FailBack;
import io.callisto.ha.RoleDuty;
import io.callisto.ha.Scope;
import java.time.Duration;
import java.util.function.Function;

/**
 * A role that every zone has.
 *
 * @param scope of the role in a zone
 * @param idle longest wait between two pieces of work that found nothing to do
 * @param failBack whether it goes back to its allocated server by itself
 * @param duties makes its duty each time it is acquired
 */
public record ZoneRole(Function<ZoneId, Scope> scope, Duration idle, FailBack failBack, Duties duties) {

    /** Makes the duty of a zone. */
    @FunctionalInterface
    public interface Duties {
        /**
         * @param handOver lets another server have the zone; may do nothing when called too early, then it is called
         *     again
         */
        RoleDuty create(ZoneId zone, Runnable handOver);
    }
}
