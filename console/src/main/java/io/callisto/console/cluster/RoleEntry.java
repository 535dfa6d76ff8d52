package io.callisto.console.cluster;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who owns a scope.
 *
 * @param ownerServer null while nobody owns it
 * @param state HELD, DRAINING, RELEASED, or EXPIRED: held by the book, but past its time
 * @param leaseAgeMillis how long ago it was renewed
 * @param since when this owner got it
 * @param reason why it changed hands then
 */
record RoleEntry(
        @Schema(example = "director") String scope,
        @Schema(example = "s1") @Nullable String ownerServer,
        long epoch,

        @Schema(allowableValues = {"HELD", "DRAINING", "RELEASED", "EXPIRED"})
        String state,

        long leaseAgeMillis,
        @Nullable Instant since,
        @Nullable String reason) {}
