package io.callisto.event.client.source;

import java.time.Duration;
import java.util.Set;

/** Looks at a site without reading from it. Used by one thread. */
public interface SiteProbe extends AutoCloseable {
    /**
     * What there is of the topics now.
     *
     * @throws SourceFailure where the site does not answer in time, or refuses
     */
    Look look(Set<String> topics, Duration limit);

    @Override
    void close();

    /**
     * What a probe saw.
     *
     * @param missing topics that do not exist
     * @param forbidden topics that we may not read
     * @param produced records that the others ever had, all together; when it grows the site produces
     */
    record Look(Set<String> missing, Set<String> forbidden, long produced) {
        public Look {
            missing = Set.copyOf(missing);
            forbidden = Set.copyOf(forbidden);
        }
    }
}
