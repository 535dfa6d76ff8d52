package io.callisto.server.app;

import java.util.Arrays;
import java.util.List;

/** The services of a server, in the order of their start. */
public enum ServiceName {
    CACHE_SERVICE("cache-service", "io.callisto.cache.CacheServiceApplication", false),
    RULE_ENGINE("rule-engine", "io.callisto.rules.RuleEngineApplication", false),
    EVENT_AGGREGATOR("event-aggregator", "io.callisto.events.EventAggregatorApplication", false),
    CAMPAIGN_DIRECTOR("campaign-director", "io.callisto.director.CampaignDirectorApplication", false),
    CAMPAIGN_MANAGER("campaign-manager", "io.callisto.manager.CampaignManagerApplication", false),
    AGENT_MANAGER("agent-manager", "io.callisto.agents.AgentManagerApplication", false),
    CONSOLE("console", "io.callisto.console.ConsoleApplication", true);

    private final String text;
    private final String application;
    private final boolean web;

    ServiceName(String text, String application, boolean web) {
        this.text = text;
        this.application = application;
        this.web = web;
    }

    /** As in {@code service_wish} and in addresses. */
    public String text() {
        return text;
    }

    /** Whether it serves HTTP. */
    boolean web() {
        return web;
    }

    /** Its Spring Boot application. By name, so that a JVM of one service does not load the others. */
    Class<?> application() {
        try {
            return Class.forName(application);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(application + " is not on the class path", e);
        }
    }

    /** Names of all services. */
    public static List<String> texts() {
        return Arrays.stream(values()).map(ServiceName::text).toList();
    }

    /** Whether there is a service with this name. */
    public static boolean known(String text) {
        return texts().contains(text);
    }

    /**
     * The service with this name.
     *
     * @throws IllegalArgumentException where there is none
     */
    static ServiceName of(String text) {
        return Arrays.stream(values())
                .filter(service -> service.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no service '" + text + "'"));
    }
}
