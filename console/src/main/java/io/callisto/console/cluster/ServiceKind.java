package io.callisto.console.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The services of a server, and the scopes that each may own. */
enum ServiceKind {
    CAMPAIGN_DIRECTOR("campaign-director", true, "director"),
    /** All managers run; the jobs that they own do not make a master of one. */
    CAMPAIGN_MANAGER("campaign-manager", false, "job"),
    AGENT_MANAGER("agent-manager", true, "agent-manager"),
    RULE_ENGINE("rule-engine", true, "rule-engine"),
    CACHE_SERVICE("cache-service", false, "cache"),
    /** Its shards are spread over all instances. */
    EVENT_AGGREGATOR("event-aggregator", false, "outbox", "aggregator", "publication"),
    CONSOLE("console", false),
    /** Tells of itself which one is live; nobody leases that. */
    BROKER("broker", true);

    private final String service;
    private final boolean hasMaster;
    private final Pattern scopes;

    /**
     * @param scopes first parts of the scopes that it owns
     */
    ServiceKind(String service, boolean hasMaster, String... scopes) {
        this.service = service;
        this.hasMaster = hasMaster;
        this.scopes = Pattern.compile("(" + String.join("|", scopes) + ")(/.*)?");
    }

    String service() {
        return service;
    }

    /** Whether one instance is master and the others are dormant. */
    boolean hasMaster() {
        return hasMaster;
    }

    /** Whether a scope is one that this service owns. */
    boolean owns(String scope) {
        return scopes.matcher(scope).matches();
    }

    /** Whether owning the scope makes an instance the master of something. */
    boolean masters(String scope) {
        return hasMaster && owns(scope);
    }

    /** Whether the server's supervisor starts and stops it. */
    boolean supervised() {
        return this != BROKER;
    }

    static Optional<ServiceKind> of(String service) {
        return Arrays.stream(values())
                .filter(kind -> kind.service.equals(service))
                .findFirst();
    }

    /** Names of those that can be stopped and started. */
    static List<String> supervisedNames() {
        return Arrays.stream(values())
                .filter(ServiceKind::supervised)
                .map(ServiceKind::service)
                .toList();
    }
}
