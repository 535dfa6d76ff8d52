package io.callisto.console.cluster;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** A wish as it is stored. */
record ServiceWish(
        @Schema(example = "s1") String server,
        @Schema(example = "campaign-director") String service,
        Wish wish,
        Instant changedAt,
        String changedBy) {}
