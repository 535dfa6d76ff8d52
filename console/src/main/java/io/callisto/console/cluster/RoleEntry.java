package io.callisto.console.cluster;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who owns a scope.
 *
 * @param ownerServer null while nobody owns it
 * @param allocated where it is wanted: by the administrator, or a job by the director
 * @param state HELD, DRAINING, RELEASED, or EXPIRED: held by the book, but past its time
 * @param leaseAgeMillis how long ago it was renewed
 * @param since when this owner got it
 * @param reason why it changed hands then
 * @param seenAt when this owner found it free
 * @param readyAt when this owner had taken over
 * @param firstWorkAt when this owner had done its first piece of work
 * @param firstWork what that was
 */
record RoleEntry(
        @Schema(example = "director") String scope,
        @Schema(example = "s1") @Nullable String ownerServer,
        @Schema(example = "s2") @Nullable String allocated,
        long epoch,

        @Schema(allowableValues = {"HELD", "DRAINING", "RELEASED", "EXPIRED"})
        String state,

        long leaseAgeMillis,
        @Nullable Instant since,
        @Nullable String reason,
        @Nullable Instant seenAt,
        @Nullable Instant readyAt,
        @Nullable Instant firstWorkAt,
        @Schema(example = "jobs swept") @Nullable String firstWork) {}
