package io.callisto.cache;

import java.util.OptionalLong;

/** How a node's copy of the caches stands to what PostgreSQL says. */
enum CacheState {
    /** The node is not running, or does not answer in time. */
    AWAY,
    /** Nobody has owned the cache yet, so nothing can be said. */
    UNOWNED,
    /** The copy holds no generation: it was lost, and the owner has not begun a new one. */
    EMPTY,
    /**
     * Cut off from the owner or from the database, or of an older generation, which the owner is about to raise. Not to
     * be read from: where
     * the owner has stayed the same, both parts of a split hold its generation.
     */
    STALE,
    /** The generation of the owner. */
    CURRENT;

    /**
     * @param running whether the node is
     * @param apart whether the owner's node is not in this node's ring
     * @param inCache the generation in this node's copy
     * @param inDatabase the epoch of scope cache
     */
    static CacheState of(boolean running, boolean apart, OptionalLong inCache, OptionalLong inDatabase) {
        if (!running) {
            return AWAY;
        }
        if (inDatabase.isEmpty()) {
            return UNOWNED;
        }
        if (inCache.isEmpty()) {
            return EMPTY;
        }
        return !apart && inCache.getAsLong() == inDatabase.getAsLong() ? CURRENT : STALE;
    }
}
