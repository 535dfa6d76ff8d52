package io.callisto.event.testkit;

import io.callisto.event.client.source.SiteProbe;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Looks at the log. */
final class InMemoryProbe implements SiteProbe {
    private final InMemoryLog log;

    InMemoryProbe(InMemoryLog log) {
        this.log = log;
    }

    @Override
    public Look look(Set<String> topics, Duration limit) {
        log.requireReachable();
        Set<String> missing = new HashSet<>();
        Set<String> forbidden = new HashSet<>();
        long produced = 0;
        for (String topic : topics) {
            if (log.missing(topic)) {
                missing.add(topic);
            } else if (log.forbidden(topic)) {
                forbidden.add(topic);
            } else {
                produced += log.size(topic);
            }
        }
        return new Look(missing, forbidden, produced);
    }

    @Override
    public void close() {}
}
