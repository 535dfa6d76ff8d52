package io.callisto.console.zones;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An allocation to be saved and applied.
 *
 * @param director server, or null: wherever
 * @param agentManager server, or null: wherever; where both are null the saved allocation is applied
 * @param confirm false or left out: only tells what would happen
 */
record ApplyRequest(
        @Schema(example = "s2") @Nullable String director,
        @Schema(example = "s2") @Nullable String agentManager,
        @Nullable Boolean confirm) {

    Allocation allocationOr(Allocation saved) {
        return director == null && agentManager == null ? saved : new Allocation(director, agentManager);
    }

    boolean confirmed() {
        return Boolean.TRUE.equals(confirm);
    }
}
