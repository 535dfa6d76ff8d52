package io.callisto.console.contacts;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A contact list to be made.
 *
 * @param name unique in the organisation
 * @param zoneId the zone that its contacts are dialed in; default 0
 */
public record ContactListRequest(
        @NotBlank
        @Size(max = 80)
        @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
        @Schema(example = "Customers of spring")
        String name,

        @Min(0) @Schema(example = "0") @Nullable Integer zoneId) {}
