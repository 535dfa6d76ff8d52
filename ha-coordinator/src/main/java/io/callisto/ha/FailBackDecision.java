package io.callisto.ha;

import java.time.Duration;

/** Whether an owner gives a role back to the server that the administrator wants. */
final class FailBackDecision {
    private static final int MOST_DOUBLINGS = 6;

    private FailBackDecision() {}

    /**
     * @param me own server
     * @param service that stands for the scope
     * @param wished as far as that server is alive
     * @param heldFor by this tenure
     * @param after hold-down: so long must the wished server have been alive, and this tenure have lasted
     * @param vain how often it was given back before and came to us again; each doubles the hold-down
     */
    static boolean giveBack(
            String me, String service, WishedServer wished, Duration heldFor, Duration after, int vain) {
        Duration holdDown = after.multipliedBy(1L << Math.min(vain, MOST_DOUBLINGS));
        return !wished.server().equals(me)
                && wished.services().contains(service)
                && wished.aliveMillis() >= holdDown.toMillis()
                && heldFor.compareTo(holdDown) >= 0;
    }
}
