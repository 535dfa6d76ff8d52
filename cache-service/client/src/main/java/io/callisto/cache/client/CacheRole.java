package io.callisto.cache.client;

/** What an Ignite node is. */
public enum CacheRole {
    /** Keeps a full copy of the data. */
    SERVER,
    /** Keeps nothing and asks the servers. */
    CLIENT
}
