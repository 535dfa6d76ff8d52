package io.callisto.agents.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a client needs to know.
 *
 * @param servers addresses to begin with; the cluster tells the rest
 * @param token asked before each connection, on the client's scheduler
 * @param organisationId tenant of the agent
 * @param clientName for the server's log
 * @param connectTimeout from the first packet to the welcome
 * @param backoff between attempts
 */
public record AgentClientSettings(
        List<URI> servers,
        Supplier<String> token,
        int organisationId,
        String clientName,
        Duration connectTimeout,
        Backoff backoff) {
    public AgentClientSettings {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("name at least one server, as ws://host:port/agent/v1");
        }
    }

    public static AgentClientSettings of(List<URI> servers, Supplier<String> token) {
        return new AgentClientSettings(
                servers, token, 0, "callisto-agent-java/1", Duration.ofSeconds(5), Backoff.USUAL);
    }

    public AgentClientSettings withBackoff(Backoff other) {
        return new AgentClientSettings(servers, token, organisationId, clientName, connectTimeout, other);
    }

    public AgentClientSettings withOrganisation(int other) {
        return new AgentClientSettings(servers, token, other, clientName, connectTimeout, backoff);
    }

    public AgentClientSettings withConnectTimeout(Duration other) {
        return new AgentClientSettings(servers, token, organisationId, clientName, other, backoff);
    }
}
