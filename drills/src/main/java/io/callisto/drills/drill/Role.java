package io.callisto.drills.drill;

import io.callisto.drills.history.Owner;
import java.util.List;

/** A kind of master that drills look for. */
enum Role {
    DIRECTOR("campaign-director"),
    /** The director of a zone that is not also the common director, where there is one. */
    ZONE_DIRECTOR("campaign-director"),
    MANAGER("campaign-manager"),
    AGENT_MANAGER("agent-manager"),
    RULE_ENGINE("rule-engine"),
    OUTBOX("event-aggregator"),
    /** Who joins events into results. */
    AGGREGATOR("event-aggregator");

    private final String service;

    Role(String service) {
        this.service = service;
    }

    String service() {
        return service;
    }

    /** Who has it now. */
    Owner owner(Stage stage) {
        return switch (this) {
            case DIRECTOR -> stage.ownerOf("director");
            case ZONE_DIRECTOR -> zoneDirector(stage);
            case MANAGER -> stage.dialer();
            case AGENT_MANAGER -> first(stage, "agent-manager/");
            case RULE_ENGINE -> stage.ownerOf("rule-engine");
            case OUTBOX -> first(stage, "outbox/");
            case AGGREGATOR -> first(stage, "aggregator/");
        };
    }

    private static Owner zoneDirector(Stage stage) {
        Owner common = stage.ownerOf("director");
        List<Owner> zones = stage.owners().values().stream()
                .filter(owner -> owner.scope().startsWith("director/"))
                .toList();
        return zones.stream()
                .filter(owner -> !String.valueOf(owner.server()).equals(common.server()))
                .findFirst()
                .or(() -> zones.stream().findFirst())
                .orElseThrow(() -> new NotPossible("no zone has a director"));
    }

    private static Owner first(Stage stage, String prefix) {
        return stage.owners().values().stream()
                .filter(owner -> owner.scope().startsWith(prefix))
                .findFirst()
                .orElseThrow(() -> new NotPossible("nobody holds " + prefix + "*"));
    }
}
