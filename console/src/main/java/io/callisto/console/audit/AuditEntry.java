package io.callisto.console.audit;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who changed what.
 *
 * @param organisationId whose thing it is; null: all organisations share it
 * @param action what was done
 * @param target what it was done to
 * @param detail before and after, as far as it says more than the action
 */
record AuditEntry(
        @Schema(example = "42") long auditId,
        Instant at,
        @Schema(example = "root") String user,
        @Nullable Integer organisationId,
        @Schema(example = "zone.rename") String action,
        @Schema(example = "zone/3") String target,
        Map<String, Object> detail) {}
