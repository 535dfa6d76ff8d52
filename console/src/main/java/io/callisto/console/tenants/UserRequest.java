package io.callisto.console.tenants;

import io.callisto.console.security.Role;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A user to be made.
 *
 * @param name unique over all organisations
 * @param password 12 to 72 bytes (what bcrypt looks at)
 * @param role what the user may do
 * @param organisationId the only organisation that the user sees; left out: that of the caller, or all
 */
record UserRequest(
        @NotNull
        @Pattern(regexp = "[A-Za-z0-9._@-]{1,40}", message = "must be 1 to 40 of A-Z a-z 0-9 . _ @ -")
        @Schema(example = "sue")
        String name,

        @NotNull @Size(min = 12, max = 72) @Schema(example = "correct horse battery staple")
        String password,

        @NotNull Role role,
        @Min(0) @Nullable Integer organisationId) {

    /** Never the password. */
    @Override
    public String toString() {
        return "UserRequest[" + role + "]";
    }
}
