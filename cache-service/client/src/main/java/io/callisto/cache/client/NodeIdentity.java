package io.callisto.cache.client;

import java.nio.file.Path;

/**
 * What makes a node different from every other.
 *
 * @param server such as {@code s1}
 * @param name of the Ignite instance, unique in the JVM
 * @param consistentId of this incarnation, unique in the cluster
 * @param role server or client
 * @param bindHost the interface to listen on
 * @param workDirectory of this node alone
 */
record NodeIdentity(
        String server, String name, String consistentId, CacheRole role, String bindHost, Path workDirectory) {}
