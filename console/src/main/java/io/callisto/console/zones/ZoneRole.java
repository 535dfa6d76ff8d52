package io.callisto.console.zones;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A role of a zone.
 *
 * @param allocated where the administrator wants it to be; null: he has not said
 * @param current who holds it; null: nobody does now
 * @param since when that server got it
 * @param epoch of the last ownership; null: nobody has ever held it
 */
record ZoneRole(
        @Schema(example = "s2") @Nullable String allocated,
        @Schema(example = "s1") @Nullable String current,
        @Nullable Instant since,
        @Nullable Long epoch) {}
