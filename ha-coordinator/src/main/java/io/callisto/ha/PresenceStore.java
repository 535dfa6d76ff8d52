package io.callisto.ha;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the database knows of who is there besides heartbeats: every connection of a coordinator holds its node's
 * presence lock, and the database lets go of it when the connection ends. Used by one thread.
 */
public interface PresenceStore {
    /**
     * What a node finds when it has opened a connection.
     *
     * @param cluster this database's cluster
     * @param schema version of the database's schema, null where that is not recorded
     * @param olderTwin another incarnation with the same server and process that is there and started earlier
     */
    record Entry(UUID cluster, @Nullable String schema, Optional<UUID> olderTwin) {}

    /** Tells the node's schema version, and looks around. */
    Entry enter(NodeId node, String schema);

    /** Tells whether the node may own anything; one that may not is not offered to callers. */
    void standing(NodeId node, boolean allowed);

    /**
     * Certifies the death of a node whose presence lock can be taken: no connection of it is left.
     *
     * @return whether it has just been certified
     */
    boolean certifyIfGone(NodeId node, String by);

    /** The database's time. */
    Instant now();

    /** Tells by how much the node's clock is ahead of the database's. */
    void tellSkew(NodeId node, long millis);
}
