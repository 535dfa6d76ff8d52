package io.callisto.ha;

import org.jspecify.annotations.Nullable;

/**
 * May this candidate claim? Asked twice with the same answer wanted: after a look without locks, and again inside the
 * claim's transaction with the fence and the lease row locked. A wrong yes would cost a failover, never safety. Who of
 * several candidates goes first is {@link ClaimOrder}'s matter.
 *
 * @param reason why it may be claimed, null where it may not
 * @param waitMillis when to look again at the latest, where it may not
 */
public record ClaimDecision(@Nullable ClaimReason reason, long waitMillis) {
    /** How long the last work of an owner that gave a scope back may hold up the next. */
    static final long RELEASED_PATIENCE_MILLIS = 1_000;

    public boolean allowed() {
        return reason != null;
    }

    /**
     * @param view null where the scope has no rows yet
     */
    public static ClaimDecision decide(@Nullable LeaseView view, Candidate me) {
        if (view == null) {
            return new ClaimDecision(ClaimReason.FIRST, 0);
        }
        if (view.holdMillis() > 0) {
            return new ClaimDecision(null, view.holdMillis());
        }
        // A candidate holds nothing: a lease in our name is from a claim or an ownership that is over.
        boolean ours = me.node().equals(view.owner());
        if (view.remainingMillis() > 0 && !ours) {
            return new ClaimDecision(null, view.remainingMillis());
        }
        return new ClaimDecision(reason(view, ours), 0);
    }

    /**
     * Whether a claimer may end the backends that hold the fence row: at once where the owner is late or dead; where it
     * gave the scope back, only after patience, because its last transaction is then honest work.
     *
     * @param blockedMillis since the first try that was blocked
     */
    static boolean mayEndBlockers(ClaimReason reason, long blockedMillis) {
        return switch (reason) {
            case EXPIRED, DEATH_CERTIFICATE -> true;
            case FIRST, RELEASED -> blockedMillis >= RELEASED_PATIENCE_MILLIS;
        };
    }

    private static ClaimReason reason(LeaseView view, boolean ours) {
        if (!Epochs.everOwned(view.epoch())) {
            return ClaimReason.FIRST;
        }
        if (view.released() || ours) {
            return ClaimReason.RELEASED;
        }
        return view.ownerDead() ? ClaimReason.DEATH_CERTIFICATE : ClaimReason.EXPIRED;
    }
}
