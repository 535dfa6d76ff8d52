package io.callisto.ha;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What one JVM's coordinator needs to know.
 *
 * @param server such as {@code s1}
 * @param process {@code server} in the one-JVM layout, else the service's name
 * @param pid of the operating system
 * @param database where the truth is
 * @param zooKeeper connect string, empty to do without these hints
 * @param zooKeeperRoot path of this cluster
 * @param timing validated
 * @param sweep longest time between two looks at a lease that somebody else holds
 * @param handOver longest time that a piece of work may hold up a hand-over
 */
public record CoordinatorSettings(
        String server,
        String process,
        long pid,
        DatabaseAddress database,
        String zooKeeper,
        String zooKeeperRoot,
        TimingProfile timing,
        Duration sweep,
        Duration handOver) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,30}");

    public CoordinatorSettings {
        if (!NAME.matcher(server).matches()) {
            throw new IllegalArgumentException("callisto.server-name is '" + server
                    + "'; it must be lower-case letters, digits and '-', beginning with a letter, such as s1");
        }
        if (process.isBlank()) {
            throw new IllegalArgumentException("callisto.process is empty; it must name this process, such as server");
        }
        if (database.url().isBlank()) {
            throw new IllegalArgumentException(
                    "spring.datasource.url is missing; it must be the JDBC address of PostgreSQL");
        }
        if (sweep.toMillis() < 50 || sweep.toMillis() > 60_000) {
            throw new IllegalArgumentException("callisto.ha.sweep must be between 50 ms and 60 s");
        }
        if (handOver.toMillis() < 0 || handOver.toMillis() > 600_000) {
            throw new IllegalArgumentException("callisto.ha.hand-over-limit must be between 0 and 10 min");
        }
    }
}
