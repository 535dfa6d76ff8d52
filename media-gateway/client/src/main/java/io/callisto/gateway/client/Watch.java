package io.callisto.gateway.client;

/** A running watch. */
public interface Watch extends AutoCloseable {
    /** Ends it; nothing is reported afterwards, save a batch that is being handled already. */
    @Override
    void close();
}
