package io.callisto.console.donotcall;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A number that must not be called. */
record DoNotCallEntry(
        @Schema(example = "+493012345678") String phoneNumber,
        @Nullable Instant until,
        Instant addedAt,
        String addedBy) {}
