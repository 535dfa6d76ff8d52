package io.callisto.console.tenants;

import io.callisto.console.security.Role;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user of the API.
 *
 * @param organisationId the only organisation that the user sees; null: all
 */
record User(
        @Schema(example = "2") int userId,
        @Schema(example = "sue") String name,
        Role role,
        @Nullable Integer organisationId,
        boolean enabled,
        Instant createdAt) {}
