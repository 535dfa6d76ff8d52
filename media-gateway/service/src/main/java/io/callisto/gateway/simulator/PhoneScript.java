package io.callisto.gateway.simulator;

import io.callisto.gateway.v1.LegEnd;

/**
 * What happens to a leg, in real (unscaled) time.
 *
 * @param end how it ends by itself; unspecified: it does not
 * @param ringMillis until it is up, or until the end of one that never is
 * @param upMillis from then to the end
 */
public record PhoneScript(LegEnd end, long ringMillis, long upMillis) {
    /** Whether the phone is answered. */
    public boolean answered() {
        return end == LegEnd.LEG_END_UNSPECIFIED || end == LegEnd.PHONE_HUNG_UP;
    }

    /** Whether an answered phone hangs up by itself. */
    public boolean hangsUp() {
        return end == LegEnd.PHONE_HUNG_UP;
    }
}
