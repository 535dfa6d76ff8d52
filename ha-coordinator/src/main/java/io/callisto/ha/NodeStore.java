package io.callisto.ha;

import java.util.Collection;
import java.util.Map;

/**
 * The rows of incarnations. Used by one thread. Every method throws an unchecked exception where the database fails.
 */
public interface NodeStore {
    /**
     * An incarnation.
     *
     * @param id random
     * @param server such as {@code s1}
     * @param process {@code server} in the one-JVM layout, else the service's name
     * @param pid of the operating system
     */
    record Node(NodeId id, String server, String process, long pid) {}

    /** Writes the row of a new incarnation, or finds it there after a reconnect; learns a promotion of the database. */
    void register(Node node);

    /** Says which services the node has and where they listen. */
    void announce(NodeId node, Collection<String> services, Map<String, String> endpoints);

    /** Says that the node is on its way out: it keeps what it owns and gets nothing new. */
    void drain(NodeId node);

    /** A node that was taken for dead, and has let go of everything, is among the living again. */
    void revive(NodeId node);

    /** Releases whatever the node still holds and marks it STOPPED. */
    void retire(NodeId node);

    /** Forgets incarnations that ended a day ago and own nothing. */
    int forgetOld();

    /** Who is alive, where it listens, and what it holds. */
    DirectoryCache.Snapshot directory();
}
