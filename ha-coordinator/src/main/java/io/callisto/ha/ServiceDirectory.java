package io.callisto.ha;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who owns what and where services listen, as the database says (cached for at most half a second). Thread-safe. */
public interface ServiceDirectory {
    /**
     * @param server such as {@code s1}
     * @param node the incarnation
     * @param address {@code host:port}
     */
    record Endpoint(String server, NodeId node, String address) {}

    /**
     * An incarnation that is alive: its last heartbeat is younger than a lease's time.
     *
     * @param process {@code server} in the one-JVM layout, else the service's name
     * @param services that it runs
     * @param running false while it is on its way out: it keeps its roles but gets nothing new
     */
    record Member(String server, String process, NodeId node, Set<String> services, boolean running) {
        public Member {
            services = Set.copyOf(services);
        }
    }

    /** Everybody who is alive, whether or not it listens anywhere. */
    default List<Member> members() {
        throw new UnsupportedOperationException("this directory knows endpoints only");
    }

    /** Who is alive, runs that service, and can be given new work. */
    default List<Member> members(String service) {
        return members().stream()
                .filter(member -> member.running() && member.services().contains(service))
                .toList();
    }

    /** The endpoint called {@code name} of the node that holds {@code scope} now, if any. */
    Optional<Endpoint> ownerOf(Scope scope, String name);

    /** The endpoints called {@code name} of all nodes that are alive. */
    List<Endpoint> all(String name);
}
