package io.callisto.benchmarks.failover;

import java.util.Locale;

/** Who takes part, and with which settings. */
enum Contender {
    CURATOR_DEFAULT(
            "Curator LeaderLatch", "defaults: session 60 s, of which ZooKeeper grants 40 s", "up to 40 s", true, false),
    QUARTZ_DEFAULT("Quartz clustered", "defaults: check-in every 7.5 s", "7.5 to 22.5 s", true, false),
    DB_SCHEDULER_DEFAULT(
            "db-scheduler", "defaults: heartbeat every 5 min, dead after 6 missed", "25 to 40 min", true, false),
    ELASTIC_JOB_DEFAULT(
            "ElasticJob", "defaults: session 60 s, of which ZooKeeper grants 40 s", "up to 41 s", true, false),
    CURATOR_BEST(
            "Curator LeaderLatch",
            "session 2 s, expiry simulated at 33 %, asked before every effect",
            "up to 2.5 s",
            false,
            false),
    QUARTZ_BEST("Quartz clustered", "check-in every 1 s; 7.5 s more are built in", "7.5 to 9.5 s", false, false),
    DB_SCHEDULER_BEST(
            "db-scheduler",
            "heartbeat 0.5 s, dead after 4 missed, polling 0.25 s, asked before every effect",
            "1.5 to 3.3 s",
            false,
            false),
    ELASTIC_JOB_BEST("ElasticJob", "session 2 s, sharded again every second", "up to 3.5 s", false, false),
    CALLISTO_SMALL(
            "Callisto", "timing small, no supervisor: the peer notices", "at once; frozen: up to 2.5 s", false, false),
    CALLISTO_FAST(
            "Callisto", "timing fast, no supervisor: the peer notices", "at once; frozen: up to 1.5 s", false, false),
    CALLISTO_SMALL_SUPERVISED(
            "Callisto", "timing small, supervisor certifies the exit", "at once; frozen: up to 2.5 s", false, true),
    CALLISTO_FAST_SUPERVISED(
            "Callisto", "timing fast, supervisor certifies the exit", "at once; frozen: up to 1.5 s", false, true);

    private final String product;
    private final String settings;
    private final String configured;
    private final boolean slow;
    private final boolean supervised;

    Contender(String product, String settings, String configured, boolean slow, boolean supervised) {
        this.product = product;
        this.settings = settings;
        this.configured = configured;
        this.slow = slow;
        this.supervised = supervised;
    }

    /** Name of the library. */
    String product() {
        return product;
    }

    /** What was set, for the table. */
    String settings() {
        return settings;
    }

    /** When these settings let a successor begin, by the library's own rules. */
    String configured() {
        return configured;
    }

    /** Waits so long that it may be measured at the same time as others like it. */
    boolean slow() {
        return slow;
    }

    /** The bench writes a death certificate when the process has ended, as a server's supervisor does. */
    boolean supervised() {
        return supervised;
    }

    /** This product's coordinator. */
    boolean ours() {
        return product.equals("Callisto");
    }

    /** As it is named on the command line, in the database and in ZooKeeper. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
