package io.callisto.cache.client;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the JVM's Ignite node. Ignite has no cluster name: whoever listens on a listed address is taken for a
 * member, so
 * there are no default ports.
 *
 * @param enabled false: this JVM has no node, and whatever is offered to the caches is dropped
 * @param role where missing: a server where {@code callisto.process} is server or cache-service, else a client
 * @param discovery addresses ({@code host:port}) of all server nodes
 * @param port for discovery; servers only
 * @param communicationPort for data; 0, clients only: any free port
 * @param workDirectory of this node alone; where missing, below the temporary directory
 * @param failureDetection how long a server may be silent
 * @param clientFailureDetection how long a client may be silent
 * @param operationTimeout of one cache operation
 * @param maxWaiting contacts that may wait to be written; more are dropped
 * @param regionMegabytes size of the data region, off the heap
 */
@ConfigurationProperties("callisto.cache")
public record CacheProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable CacheRole role,
        @DefaultValue({}) List<String> discovery,
        @DefaultValue("0") int port,
        @DefaultValue("0") int communicationPort,
        @Nullable String workDirectory,
        @DefaultValue("1500ms") Duration failureDetection,
        @DefaultValue("10s") Duration clientFailureDetection,
        @DefaultValue("1s") Duration operationTimeout,
        @DefaultValue("50000") int maxWaiting,
        @DefaultValue("64") int regionMegabytes) {
    public CacheProperties {
        discovery = List.copyOf(discovery);
        if (failureDetection.toMillis() < 500) {
            throw new IllegalArgumentException(
                    "callisto.cache.failure-detection below 500 ms takes every pause for a death: " + failureDetection);
        }
        if (clientFailureDetection.compareTo(failureDetection) < 0) {
            throw new IllegalArgumentException("callisto.cache.client-failure-detection (" + clientFailureDetection
                    + ") must not be below failure-detection (" + failureDetection + ")");
        }
        if (operationTimeout.isNegative() || operationTimeout.isZero() || maxWaiting < 1) {
            throw new IllegalArgumentException("callisto.cache.operation-timeout and max-waiting must be positive");
        }
        if (regionMegabytes < 16) {
            throw new IllegalArgumentException(
                    "callisto.cache.region-megabytes must be 16 or more: " + regionMegabytes);
        }
    }

    /** These settings, but for a node that shall find no other than the one at {@code address}. */
    CacheProperties joining(String address) {
        return new CacheProperties(
                enabled,
                role,
                List.of(address),
                port,
                communicationPort,
                workDirectory,
                failureDetection,
                clientFailureDetection,
                operationTimeout,
                maxWaiting,
                regionMegabytes);
    }

    /** What a node of this role lacks to be started; empty where nothing. */
    String missingFor(CacheRole wanted) {
        if (discovery.isEmpty()) {
            return "callisto.cache.discovery (the host:port of all cache nodes)";
        }
        if (wanted == CacheRole.SERVER && (port == 0 || communicationPort == 0)) {
            return "callisto.cache.port and callisto.cache.communication-port";
        }
        return "";
    }
}
