package io.callisto.ha;

import io.callisto.domain.Ticker;

/**
 * Ownership for one JVM: one ZooKeeper session, one lease connection, one renewal for all scopes. Exactly one per JVM;
 * in the one-JVM layout it lives in the parent context and every service has a handle.
 */
public interface Coordinator extends AutoCloseable {
    /**
     * Announces a service of this JVM.
     *
     * @throws IllegalStateException where the service is announced already
     */
    ServiceHandle register(String service);

    /** Where other services are. */
    ServiceDirectory directory();

    /** The clock of lease deadlines. */
    Ticker ticker();

    NodeId node();

    /** Name of the server, such as {@code s1}. */
    String server();

    /** Releases everything (before anything else of the JVM stops), marks the node STOPPED. */
    @Override
    void close();
}
