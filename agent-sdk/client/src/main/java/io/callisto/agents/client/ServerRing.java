package io.callisto.agents.client;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The addresses to try, in turn. Owned by the thread of its client. */
final class ServerRing {
    private final List<URI> configured;
    private List<URI> servers;
    private @Nullable URI current;

    ServerRing(List<URI> configured) {
        if (configured.isEmpty()) {
            throw new IllegalArgumentException("name at least one server, as ws://host:port/agent/v1");
        }
        this.configured = List.copyOf(configured);
        this.servers = this.configured;
    }

    /** The one after the last one given. */
    URI next() {
        int last = current == null ? -1 : servers.indexOf(current);
        URI next = servers.get((last + 1) % servers.size());
        current = next;
        return next;
    }

    int size() {
        return servers.size();
    }

    List<URI> all() {
        return servers;
    }

    /** What the cluster says; the configured ones stay at the end, the only hope when a list was wrong. */
    void renew(List<String> told) {
        Set<URI> renewed = new LinkedHashSet<>();
        for (String address : told) {
            // An address of a later form must not stop the client.
            if (address.matches("wss?://[^\\s\"<>\\\\^`{|}]+")) {
                renewed.add(URI.create(address));
            }
        }
        renewed.addAll(configured);
        servers = List.copyOf(new ArrayList<>(renewed));
    }
}
