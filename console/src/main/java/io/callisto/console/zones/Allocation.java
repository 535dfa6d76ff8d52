package io.callisto.console.zones;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an administrator wants the roles of a zone to be.
 *
 * @param director server, or null: wherever
 * @param agentManager server, or null: wherever
 */
record Allocation(
        @Schema(example = "s2") @Nullable String director,
        @Schema(example = "s2") @Nullable String agentManager) {

    /** What the zone's row says. */
    static Allocation of(Zone zone) {
        ZoneRole director = zone.director();
        ZoneRole agentManager = zone.agentManager();
        return new Allocation(
                director == null ? null : director.allocated(), agentManager == null ? null : agentManager.allocated());
    }

    @Nullable
    String server(ZoneRoleKind kind) {
        return switch (kind) {
            case DIRECTOR -> director;
            case AGENT_MANAGER -> agentManager;
        };
    }

    /** Those that are given. */
    Map<ZoneRoleKind, String> servers() {
        Map<ZoneRoleKind, String> servers = new EnumMap<>(ZoneRoleKind.class);
        for (ZoneRoleKind kind : ZoneRoleKind.values()) {
            String server = server(kind);
            if (server != null) {
                servers.put(kind, server);
            }
        }
        return servers;
    }
}
