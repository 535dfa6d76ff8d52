package io.callisto.cache.client;

import java.util.Optional;
import org.apache.ignite.Ignite;

/**
 * The JVM's Ignite node. It starts beside everything else and may come and go; nobody waits for it. Thread-safe.
 */
@FunctionalInterface
public interface IgniteNode {
    /** The node where it is running now. A client node may still be cut off from the servers: bound every operation. */
    Optional<Ignite> ready();
}
