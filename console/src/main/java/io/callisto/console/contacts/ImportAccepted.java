package io.callisto.console.contacts;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * An import that was taken; a director of the list's zone runs it.
 *
 * @param importId ask {@code GET /api/v1/imports/{importId}} how it goes
 * @param state QUEUED
 */
record ImportAccepted(
        @Schema(example = "7") long importId,
        @Schema(example = "QUEUED") String state) {}
