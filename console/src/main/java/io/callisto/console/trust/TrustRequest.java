package io.callisto.console.trust;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * An authority to trust.
 *
 * @param alias short name
 * @param certificate PEM, or DER in base64
 */
record TrustRequest(
        @Schema(example = "partner-ca")
        @NotNull
        @Pattern(
                regexp = "[a-z0-9][a-z0-9._-]{0,62}",
                message = "must be 1 to 63 small letters, digits, dots, hyphens and underscores")
        String alias,

        @Schema(description = "PEM, or DER in base64") @NotBlank @Size(max = 65536)
        String certificate) {}
