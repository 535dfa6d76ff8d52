package io.callisto.console.cluster;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A scope that changed hands: the history of failovers.
 *
 * @param fromServer the owner before, if there was one and it is still known
 * @param toServer the new owner, if it is still known
 * @param reason why the scope was free
 * @param seenAt when the new owner found it free
 * @param at when it got it
 * @param readyAt when it had taken over
 * @param firstWorkAt when it had done the first piece of work
 * @param firstWork what that was
 * @param tookMillis from seenAt, or at, to firstWorkAt
 */
record Transition(
        @Schema(example = "director") String scope,
        long epoch,
        @Schema(example = "s1") @Nullable String fromServer,
        @Schema(example = "s2") @Nullable String toServer,
        @Schema(example = "DEATH_CERTIFICATE") String reason,
        @Nullable Instant seenAt,
        Instant at,
        @Nullable Instant readyAt,
        @Nullable Instant firstWorkAt,
        @Schema(example = "jobs swept") @Nullable String firstWork,
        @Nullable Long tookMillis) {}
