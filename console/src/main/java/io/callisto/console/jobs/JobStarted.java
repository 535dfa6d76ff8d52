package io.callisto.console.jobs;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A job that waits for a director.
 *
 * @param jobId ask {@code GET /api/v1/jobs/{jobId}} how it goes
 * @param state QUEUED
 */
record JobStarted(
        @Schema(example = "1") long jobId,
        @Schema(example = "QUEUED") String state) {}
