package io.callisto.cache.client;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.ignite.Ignite;

/**
 * The JVM's Ignite node. It starts beside everything else and may come and go; nobody waits for it. Thread-safe.
 */
@FunctionalInterface
public interface IgniteNode {
    /** The node where it is running now. A client node may still be cut off from the servers: bound every operation. */
    Optional<Ignite> ready();

    /** Names of the servers whose server nodes this one is in a ring with, its own included; empty where it is away. */
    default Set<String> ring() {
        return ready().map(ignite -> ignite.cluster().forServers().nodes().stream()
                        .flatMap(node -> Optional.ofNullable(node.<String>attribute(NodeSettings.SERVER)).stream())
                        .collect(Collectors.toUnmodifiableSet()))
                .orElse(Set.of());
    }

    /**
     * Leaves the ring with all its data, soon, and joins the one of the node that listens at {@code address}; where
     * that cannot be reached, whatever ring the settings name. Returns at once.
     */
    default void rejoin(String address) {
        // nothing runs here that could leave
    }
}
