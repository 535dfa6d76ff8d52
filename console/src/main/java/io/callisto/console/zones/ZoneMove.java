package io.callisto.console.zones;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A role of a zone that moves.
 *
 * @param scope what moves
 * @param from who holds it; null: nobody
 * @param to who is to hold it
 * @param commandId the order to its owner, once it is given
 */
record ZoneMove(
        @Schema(example = "agent-manager/1") String scope,
        @Schema(example = "s1") @Nullable String from,
        @Schema(example = "s2") String to,
        @Schema(example = "42") @Nullable Long commandId) {

    ZoneMove ordered(long command) {
        return new ZoneMove(scope, from, to, command);
    }
}
