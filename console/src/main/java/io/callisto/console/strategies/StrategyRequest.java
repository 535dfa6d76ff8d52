package io.callisto.console.strategies;

import io.callisto.domain.strategy.Strategy;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;

/**
 * A strategy to be made.
 *
 * @param name unique in the organisation
 * @param definition what to dial, when, how often
 */
record StrategyRequest(
        @NotBlank
        @Size(max = 80)
        @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
        @Schema(example = "Three tries a day")
        String name,

        @NotNull @Schema(implementation = Strategy.class, example = StrategyVersionRequest.EXAMPLE)
        Map<String, Object> definition) {}
