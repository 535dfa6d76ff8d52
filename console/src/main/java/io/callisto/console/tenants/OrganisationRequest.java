package io.callisto.console.tenants;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * An organisation to be made.
 *
 * @param name unique
 */
record OrganisationRequest(
        @NotBlank
        @Size(max = 80)
        @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
        @Schema(example = "North")
        String name) {}
