package io.callisto.ha;

import java.time.Duration;

/**
 * How fast owners renew and how soon others take over. Timing trades speed against needless failovers, never safety.
 *
 * @param name for messages
 * @param ttl how long a renewal keeps a lease, by the database's clock
 * @param renew time between two renewals
 * @param margin by how much an owner stops before its lease can end: network and clock rates differ
 * @param statementTimeout of the lease connection
 * @param connectTimeout of the lease connection, whole seconds
 * @param zooKeeperSession session timeout
 */
public record TimingProfile(
        String name,
        Duration ttl,
        Duration renew,
        Duration margin,
        Duration statementTimeout,
        Duration connectTimeout,
        Duration zooKeeperSession) {

    /** How much longer the socket waits than the database may take. */
    private static final Duration NETWORK = Duration.ofMillis(100);

    private static final Duration LONGEST_IDLE_HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration LONGEST_PEER_HEARTBEAT = Duration.ofMillis(500);

    /** For a LAN with idle CPUs. */
    public static final TimingProfile FAST = of("fast", 1500, 400, 300, 500, 1, 2000);

    /** For busy hosts. */
    public static final TimingProfile SAFE = of("safe", 3000, 800, 600, 1000, 2, 4000);

    /** For a whole cluster on two cores. */
    public static final TimingProfile SMALL = of("small", 2500, 500, 500, 1000, 2, 3000);

    public TimingProfile {
        requireBetween(name, "ttl", ttl, 200, 600_000);
        requireBetween(name, "renew", renew, 10, 600_000);
        requireBetween(name, "margin", margin, 10, 600_000);
        requireBetween(name, "statement-timeout", statementTimeout, 10, 600_000);
        requireBetween(name, "connect-timeout", connectTimeout, 1_000, 60_000);
        requireBetween(name, "zookeeper-session", zooKeeperSession, 200, 600_000);
        if (margin.multipliedBy(5).compareTo(ttl) < 0) {
            throw new IllegalArgumentException("Timing '" + name + "' is unsafe: margin " + margin.toMillis()
                    + " ms is less than a fifth of ttl " + ttl.toMillis()
                    + " ms, so a slow clock would act too long. Raise callisto.ha.margin.");
        }
        if (renew.plus(statementTimeout).compareTo(ttl.minus(margin)) >= 0) {
            throw new IllegalArgumentException("Timing '" + name + "' is unsafe: renew " + renew.toMillis()
                    + " ms + statement-timeout " + statementTimeout.toMillis() + " ms must be less than ttl "
                    + ttl.toMillis() + " ms - margin " + margin.toMillis()
                    + " ms, or a single slow renewal ends every ownership. Raise callisto.ha.ttl, or lower"
                    + " callisto.ha.renew or callisto.ha.statement-timeout, or remove them and choose"
                    + " callisto.timing=fast, safe or small.");
        }
    }

    /**
     * @param name {@code fast}, {@code safe} or {@code small}
     * @throws IllegalArgumentException where there is no such profile
     */
    public static TimingProfile named(String name) {
        return switch (name) {
            case "fast" -> FAST;
            case "safe" -> SAFE;
            case "small" -> SMALL;
            default ->
                throw new IllegalArgumentException(
                        "callisto.timing is '" + name + "'; choose fast (LAN), safe (busy hosts) or small (2 cores)");
        };
    }

    /** Until when an owner may act whose last confirmed renewal was sent at {@code sentNanos}. */
    long deadlineNanos(long sentNanos) {
        return sentNanos + ttl.minus(margin).toNanos();
    }

    /** Time between two heartbeats of a node that owns nothing. */
    Duration idleHeartbeat() {
        Duration half = ttl.dividedBy(2);
        return half.compareTo(LONGEST_IDLE_HEARTBEAT) < 0 ? half : LONGEST_IDLE_HEARTBEAT;
    }

    /** How old a heartbeat may be before its node is no longer listed as alive. */
    Duration silent() {
        return ttl;
    }

    /** Time between two signs of life on a peer link. */
    Duration peerHeartbeat() {
        Duration part = ttl.dividedBy(5);
        return part.compareTo(LONGEST_PEER_HEARTBEAT) < 0 ? part : LONGEST_PEER_HEARTBEAT;
    }

    /** How long a read on the lease connection may take before the connection counts as broken. */
    Duration networkTimeout() {
        return statementTimeout.plus(NETWORK);
    }

    private static TimingProfile of(
            String name, int ttl, int renew, int margin, int statement, int connectSeconds, int session) {
        return new TimingProfile(
                name,
                Duration.ofMillis(ttl),
                Duration.ofMillis(renew),
                Duration.ofMillis(margin),
                Duration.ofMillis(statement),
                Duration.ofSeconds(connectSeconds),
                Duration.ofMillis(session));
    }

    private static void requireBetween(String name, String what, Duration value, int min, int max) {
        if (value.toMillis() < min || value.toMillis() > max) {
            throw new IllegalArgumentException("Timing '" + name + "': callisto.ha." + what + " is " + value.toMillis()
                    + " ms; it must be between " + min + " and " + max + " ms");
        }
    }
}
