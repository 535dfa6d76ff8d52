package io.callisto.console.cluster;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** A slice of contacts, agents and dialing capacity. */
record Zone(
        @Schema(example = "0") int zoneId,
        @Schema(example = "Default") String name,
        Instant createdAt) {}
