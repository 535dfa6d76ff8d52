package io.callisto.console.campaigns;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A campaign to be made.
 *
 * @param name unique in the organisation
 * @param strategyId how to dial
 * @param contactListIds whom to dial
 * @param kind default FINITE
 */
record CampaignRequest(
        @NotBlank
        @Size(max = 80)
        @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
        @Schema(example = "Spring offer")
        String name,

        @NotNull @Schema(example = "1") Integer strategyId,
        @NotEmpty @Size(max = 100) @Schema(example = "[1]") List<@NotNull Integer> contactListIds,
        @Schema(example = "FINITE") @Nullable CampaignKind kind) {}
