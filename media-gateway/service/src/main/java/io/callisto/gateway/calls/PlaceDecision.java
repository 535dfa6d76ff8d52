package io.callisto.gateway.calls;

import io.callisto.gateway.registry.RefusalReason;
import io.callisto.gateway.v1.PlaceResult;
import org.jspecify.annotations.Nullable;

/**
 * Whether a call is placed, its scope's epoch being the highest one. Pure.
 *
 * @param refusal as what it is recorded where it is not placed; null: it is placed, or nothing is recorded
 */
record PlaceDecision(PlaceResult result, @Nullable RefusalReason refusal) {

    /**
     * @param sound whether id, number and ring timeout are values of their kinds
     * @param seen whether the registry knows the id, as a call or as a refusal
     * @param sameIncarnation whether it was reserved for this registry
     * @param room whether one more call can live
     */
    static PlaceDecision decide(boolean sound, boolean seen, boolean sameIncarnation, boolean tooLate, boolean room) {
        if (seen) {
            return new PlaceDecision(PlaceResult.ALREADY_SEEN, null);
        }
        if (!sound) {
            return new PlaceDecision(PlaceResult.INVALID, null);
        }
        if (!sameIncarnation) {
            return new PlaceDecision(PlaceResult.OTHER_INCARNATION, null);
        }
        if (tooLate) {
            return new PlaceDecision(PlaceResult.TOO_LATE, RefusalReason.TOO_LATE);
        }
        return room
                ? new PlaceDecision(PlaceResult.PLACED, null)
                : new PlaceDecision(PlaceResult.NO_CAPACITY, RefusalReason.NO_CAPACITY);
    }
}
