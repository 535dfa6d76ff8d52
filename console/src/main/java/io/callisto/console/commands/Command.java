package io.callisto.console.commands;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An order and what became of it.
 *
 * @param commandId key
 * @param scope whose owner carries it out
 * @param kind such as {@code PAUSE}
 * @param payload what it is about
 * @param state PENDING until an owner has settled it
 * @param refusal why it is refused, with REFUSED only
 * @param result what the owner wrote
 */
public record Command(
        @Schema(example = "42") long commandId,
        @Schema(example = "director") String scope,
        @Schema(example = "PAUSE") String kind,
        Map<String, Object> payload,

        @Schema(allowableValues = {"PENDING", "APPLIED", "REFUSED"})
        String state,

        @Nullable String refusal,
        @Nullable Map<String, Object> result,
        String requestedBy,
        Instant requestedAt,
        @Nullable Instant appliedAt) {}
