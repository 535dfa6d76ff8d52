package io.callisto.console.strategies;

import io.callisto.domain.strategy.Strategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;

/**
 * A strategy in its newest version. Jobs keep the version that they started with.
 *
 * @param createdAt of the version
 */
record StrategyEntry(
        @Schema(example = "1") int strategyId,
        @Schema(example = "Three tries a day") String name,
        @Schema(example = "1") int version,

        @Schema(implementation = Strategy.class, example = StrategyVersionRequest.EXAMPLE)
        Map<String, Object> definition,

        Instant createdAt,
        String createdBy) {}
