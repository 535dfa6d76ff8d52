package io.callisto.console.strategies;

import io.callisto.domain.strategy.Strategy;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The next version of a strategy.
 *
 * @param name a new name; left out: it keeps its name
 * @param definition what to dial, when, how often
 */
record StrategyVersionRequest(
        @Size(min = 1, max = 80)
        @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
        @Nullable
        String name,

        @NotNull @Schema(implementation = Strategy.class, example = EXAMPLE)
        Map<String, Object> definition) {
    static final String EXAMPLE = """
            {"call":{"ringTimeout":"PT30S","callsPerSecond":50,"maxCalls":200,"maxAttempts":3,"minGap":"PT10M",\
            "window":{"start":"09:00","end":"20:00"},\
            "retries":[{"code":"Call_Busy","after":"PT10M","maxAttempts":3}]}}""";
}
