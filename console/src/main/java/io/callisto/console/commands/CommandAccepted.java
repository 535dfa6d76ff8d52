package io.callisto.console.commands;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * An order that was taken; it is carried out when its scope has an owner.
 *
 * @param commandId ask {@code GET /api/v1/commands/{commandId}} what became of it
 * @param state PENDING
 */
public record CommandAccepted(
        @Schema(example = "42") long commandId,
        @Schema(example = "PENDING") String state) {}
