package io.callisto.console.zones;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A slice of contacts, agents and dialing capacity.
 *
 * @param state DELETING until nobody owns it any more; then it is gone
 * @param director its campaign director; only for users of all organisations
 * @param agentManager its agent manager; only for users of all organisations
 */
record Zone(
        @Schema(example = "0") int zoneId,
        @Schema(example = "Default") String name,

        @Schema(allowableValues = {"ACTIVE", "DELETING"}) String state,

        Instant createdAt,
        @Nullable ZoneRole director,
        @Nullable ZoneRole agentManager) {

    boolean deleting() {
        return state.equals("DELETING");
    }

    /** The zone as users see it who see no servers. */
    Zone withoutServers() {
        return new Zone(zoneId, name, state, createdAt, null, null);
    }

    @Nullable
    ZoneRole role(ZoneRoleKind kind) {
        return switch (kind) {
            case DIRECTOR -> director;
            case AGENT_MANAGER -> agentManager;
        };
    }
}
