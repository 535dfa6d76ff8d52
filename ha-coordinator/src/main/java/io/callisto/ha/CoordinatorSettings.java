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
 * @param peers where peers see that this process is there
 * @param patience how long what is let pass
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
        Duration handOver,
        Peers peers,
        Patience patience) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,30}");

    /**
     * The listener for peers.
     *
     * @param bindHost the interface to listen on
     * @param advertisedHost the name that others connect to
     * @param port 0 for a free one
     */
    public record Peers(String bindHost, String advertisedHost, int port) {
        public static final Peers LOCAL = new Peers("127.0.0.1", "127.0.0.1", 0);

        public Peers {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("callisto.ha.peer-port must be between 0 (any free) and 65535");
            }
        }
    }

    /**
     * How long what is let pass.
     *
     * @param failBack whether roles go back to the servers that the administrator allocated
     * @param failBackAfter how long such a server must have been alive before
     * @param stuckAfter how long one piece of work may take before the role is given to another
     * @param clockSkew how far the clock may be from the database's without a warning
     */
    public record Patience(boolean failBack, Duration failBackAfter, Duration stuckAfter, Duration clockSkew) {
        public static final Patience USUAL =
                new Patience(true, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(1));

        public Patience {
            requireBetween("fail-back-after", failBackAfter, 100, 3_600_000);
            requireBetween("stuck-after", stuckAfter, 100, 86_400_000);
            requireBetween("clock-skew-limit", clockSkew, 10, 3_600_000);
        }

        private static void requireBetween(String what, Duration value, long min, long max) {
            if (value.toMillis() < min || value.toMillis() > max) {
                throw new IllegalArgumentException("callisto.ha." + what + " is " + value.toMillis()
                        + " ms; it must be between " + min + " and " + max + " ms");
            }
        }
    }

    /** With the usual patience, and peers on this machine only. */
    public CoordinatorSettings(
            String server,
            String process,
            long pid,
            DatabaseAddress database,
            String zooKeeper,
            String zooKeeperRoot,
            TimingProfile timing,
            Duration sweep,
            Duration handOver) {
        this(
                server,
                process,
                pid,
                database,
                zooKeeper,
                zooKeeperRoot,
                timing,
                sweep,
                handOver,
                Peers.LOCAL,
                Patience.USUAL);
    }

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
