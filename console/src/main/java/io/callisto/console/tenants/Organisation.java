package io.callisto.console.tenants;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** A tenant. */
record Organisation(
        @Schema(example = "0") int organisationId,
        @Schema(example = "Default") String name,
        Instant createdAt) {}
