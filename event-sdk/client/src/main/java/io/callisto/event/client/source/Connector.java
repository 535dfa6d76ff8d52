package io.callisto.event.client.source;

import org.jspecify.annotations.Nullable;

/** The way to the events of one site. Thread-safe. */
public interface Connector {
    /**
     * A reader of records, not subscribed yet.
     *
     * @param clientId for the broker's logs and metrics
     * @param group whose members share the partitions and whose positions are kept; null for all partitions, nothing
     *     kept
     * @throws SourceFailure where the settings cannot work
     */
    EventSource source(String clientId, @Nullable String group);

    /**
     * Something that looks whether the site is there.
     *
     * @throws SourceFailure where the settings cannot work
     */
    SiteProbe probe(String clientId);
}
