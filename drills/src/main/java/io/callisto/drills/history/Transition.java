package io.callisto.drills.history;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change of ownership, all times by the database's clock.
 *
 * @param reason FIRST, RELEASED, EXPIRED or DEATH_CERTIFICATE
 * @param seenAt the claimer found the scope free
 * @param at the claim
 * @param readyAt its duty had taken over
 * @param firstWorkAt it did what {@code firstWork} names
 */
public record Transition(
        String scope,
        long epoch,
        @Nullable UUID from,
        UUID to,
        String reason,
        @Nullable Instant seenAt,
        Instant at,
        @Nullable Instant readyAt,
        @Nullable Instant firstWorkAt,
        @Nullable String firstWork) {

    /** Whether an owner was taken for lost, rightly or not. */
    public boolean forced() {
        return reason.equals("EXPIRED") || reason.equals("DEATH_CERTIFICATE");
    }
}
