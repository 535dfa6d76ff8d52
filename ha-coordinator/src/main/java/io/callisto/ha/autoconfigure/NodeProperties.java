package io.callisto.ha.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which process of the cluster this is.
 *
 * @param serverName such as {@code s1}
 * @param process {@code server} in the one-JVM layout, else the service's name
 * @param timing {@code fast} (LAN), {@code safe} (busy hosts) or {@code small} (a whole cluster on two cores)
 * @param zookeeper hints about who has gone
 * @param obeyWishes whether a service that is alone in its process stops and starts as the administrator wishes; for
 *     containers. Under a supervisor the supervisor does it, and this stays off
 */
@ConfigurationProperties("callisto")
public record NodeProperties(
        @DefaultValue("s1") String serverName,
        @DefaultValue("server") String process,
        @DefaultValue("small") String timing,
        @DefaultValue ZooKeeper zookeeper,
        @DefaultValue("false") boolean obeyWishes) {

    /**
     * ZooKeeper.
     *
     * @param connectString {@code host:port,...}; empty to do without
     * @param root path of this cluster
     */
    public record ZooKeeper(
            @DefaultValue("") String connectString,
            @DefaultValue("/callisto") String root) {}
}
