package io.callisto.console.campaigns;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/** A campaign: a strategy and the lists that it is applied to. A job is one run of it. */
record Campaign(
        @Schema(example = "1") int campaignId,
        @Schema(example = "Spring offer") String name,
        @Schema(allowableValues = {"FINITE", "INFINITE"}) String kind,
        @Schema(example = "1") int strategyId,
        @Schema(example = "[1]") List<Integer> contactListIds,
        Instant createdAt) {}
