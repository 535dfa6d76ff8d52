package io.callisto.server.kafkaha;

import java.util.List;
import java.util.Optional;

/**
 * Where revisions are kept so that every server can pull them. Two implementations: a table, and a directory that all
 * servers see.
 */
public interface RevisionStore {
    /** Number of the present revision; 0: none. */
    int current();

    /** Highest number ever given; 0: none. */
    int highest();

    /** A revision by its number. */
    Optional<Revision> find(int number);

    /**
     * Adds a revision and makes it the present one, both or neither.
     *
     * @param revision whose {@code follows} must still be the present one
     * @throws io.callisto.server.cluster.ClusterFailure where somebody else was faster
     */
    void add(Revision revision);

    /**
     * Makes another one the present.
     *
     * @throws io.callisto.server.cluster.ClusterFailure where {@code expected} is not the present one any more
     */
    void select(int expected, int number);

    /** Remembers that a node runs on a revision's file. */
    void applied(Applied applied);

    /** What each node pulled last, by node id. */
    List<Applied> applied();

    /** For people: which store this is. */
    String name();

    /** The present revision, if there is one. */
    default Optional<Revision> present() {
        return find(current());
    }

    /**
     * What a node pulled last.
     *
     * @param node its id
     * @param revision number; 0: what it had before the first
     * @param digest of the file's bytes
     * @param host that pulled
     */
    record Applied(int node, int revision, String digest, String host) {}
}
