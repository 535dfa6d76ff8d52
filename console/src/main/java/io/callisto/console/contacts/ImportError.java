package io.callisto.console.contacts;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A row that was rejected.
 *
 * @param line where the row begins, the first line of the file being 1
 * @param reason kind of error
 * @param detail what is wrong, without personal data
 */
record ImportError(
        @Schema(example = "17") long line,
        @Schema(example = "BAD_PHONE") String reason,
        @Schema(example = "phoneNumber1: too short") String detail) {}
