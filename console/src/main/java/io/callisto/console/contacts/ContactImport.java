package io.callisto.console.contacts;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run of an import.
 *
 * @param failure why the whole file could not be read, with FAILED only
 * @param errorsByReason how many rows were rejected for which reason
 */
record ContactImport(
        @Schema(example = "7") long importId,
        @Schema(example = "1") int contactListId,
        @Schema(example = "contacts.csv") String fileName,

        @Schema(allowableValues = {"QUEUED", "RUNNING", "COMPLETED", "FAILED", "CANCELLED"})
        String state,

        @Nullable String failure,
        long rowsImported,
        long rowsUpdated,
        long rowsRejected,
        @Schema(example = "{\"BAD_PHONE\":50}") Map<String, Long> errorsByReason,
        String requestedBy,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt) {

    ContactImport withErrors(Map<String, Long> errors) {
        return new ContactImport(
                importId,
                contactListId,
                fileName,
                state,
                failure,
                rowsImported,
                rowsUpdated,
                rowsRejected,
                errors,
                requestedBy,
                requestedAt,
                startedAt,
                completedAt);
    }
}
