package io.callisto.console.zones;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * What applying an allocation does.
 *
 * @param applied whether it was done; false: it was only asked what it would do
 * @param warning what it means, in a sentence or two
 * @param agentsToLogOut how many agents of the zone are logged out by it
 * @param moves roles that move, each by an order to its owner
 */
record ApplyOutcome(
        boolean applied,

        @Schema(example = "The agent manager of zone West moves from s1 to s2; 0 agents are logged out.")
        String warning,

        int agentsToLogOut,
        List<ZoneMove> moves) {}
