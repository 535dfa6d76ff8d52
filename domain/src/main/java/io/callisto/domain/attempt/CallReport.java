package io.callisto.domain.attempt;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of a call as the media gateway reports it, so that a missed report is made good by the next.
 *
 * @param phase where the call stands
 * @param outcome set when it ended; null there means that the gateway does not know
 * @param dialedAt when it was dialed; null: not, or not known
 * @param ringingAt when it rang; null: not, or not known
 * @param answeredAt when it was answered; null: not, or not known
 * @param endedAt when it ended; null: not, or not known
 */
public record CallReport(
        CallPhase phase,
        @Nullable CallOutcome outcome,
        @Nullable Instant dialedAt,
        @Nullable Instant ringingAt,
        @Nullable Instant answeredAt,
        @Nullable Instant endedAt) {

    /** A call that was never placed. */
    public static final CallReport NEVER_PLACED = new CallReport(CallPhase.NEVER_PLACED, null, null, null, null, null);

    /** Whether this report tells at least as much as the other one about the same call. */
    public boolean supersedes(CallReport other) {
        return phase.compareTo(other.phase) >= 0;
    }
}
