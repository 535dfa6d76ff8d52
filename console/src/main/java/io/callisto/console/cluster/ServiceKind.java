package io.callisto.console.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The services of a server, and which scopes make one a master. */
enum ServiceKind {
    CAMPAIGN_DIRECTOR("campaign-director", "director"),
    /** All managers run; the jobs that they own do not make a master of one. */
    CAMPAIGN_MANAGER("campaign-manager", null),
    RULE_ENGINE("rule-engine", "rule-engine"),
    CACHE_SERVICE("cache-service", null),
    EVENT_AGGREGATOR("event-aggregator", "aggregator"),
    CONSOLE("console", null);

    private final String service;
    private final @Nullable String masterScope;

    ServiceKind(String service, @Nullable String masterScope) {
        this.service = service;
        this.masterScope = masterScope;
    }

    String service() {
        return service;
    }

    /** Whether one instance is master and the others are dormant. */
    boolean hasMaster() {
        return masterScope != null;
    }

    /** Whether owning the scope makes an instance the master of something. */
    boolean masters(String scope) {
        return masterScope != null && (scope.equals(masterScope) || scope.startsWith(masterScope + "/"));
    }

    static Optional<ServiceKind> of(String service) {
        return Arrays.stream(values())
                .filter(kind -> kind.service.equals(service))
                .findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(ServiceKind::service).toList();
    }
}
