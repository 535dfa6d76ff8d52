package io.callisto.console.zones;

import io.callisto.domain.ZoneId;
import io.callisto.ha.Scope;

/** The roles that a zone has. */
enum ZoneRoleKind {
    DIRECTOR("director", "director", "campaign-director"),
    AGENT_MANAGER("agentManager", "agent manager", "agent-manager");

    private final String field;
    private final String title;
    private final String service;

    ZoneRoleKind(String field, String title, String service) {
        this.field = field;
        this.title = title;
        this.service = service;
    }

    /** Name in requests and answers. */
    String field() {
        return field;
    }

    /** Name in sentences. */
    String title() {
        return title;
    }

    /** The service that can hold it. */
    String service() {
        return service;
    }

    Scope scope(int zoneId) {
        ZoneId zone = new ZoneId(zoneId);
        return switch (this) {
            case DIRECTOR -> Scope.director(zone);
            case AGENT_MANAGER -> Scope.agentManager(zone);
        };
    }
}
