package io.callisto.ha;

import java.util.List;
import java.util.Optional;

/** Who owns what and where services listen, as the database says (cached for at most half a second). Thread-safe. */
public interface ServiceDirectory {
    /**
     * @param server such as {@code s1}
     * @param node the incarnation
     * @param address {@code host:port}
     */
    record Endpoint(String server, NodeId node, String address) {}

    /** The endpoint called {@code name} of the node that holds {@code scope} now, if any. */
    Optional<Endpoint> ownerOf(Scope scope, String name);

    /** The endpoints called {@code name} of all nodes that are alive. */
    List<Endpoint> all(String name);
}
