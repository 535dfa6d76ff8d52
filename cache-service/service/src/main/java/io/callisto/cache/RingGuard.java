package io.callisto.cache;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Says when this node must leave its ring for the owner's. Ignite never joins two rings that have found their ways: the
 * lease decides which of them is the cache, and a node that is not in a ring with its owner gives up what it has. The
 * owner stays where it is, whoever else is there. One thread.
 */
final class RingGuard {
    private final String server;
    private final long patienceNanos;
    private final long pauseNanos;
    private OptionalLong apartSince = OptionalLong.empty();
    private OptionalLong leftAt = OptionalLong.empty();

    /**
     * @param server this node's
     * @param patience how long the owner must be missing: it may be about to join
     * @param pause between two departures
     */
    RingGuard(String server, Duration patience, Duration pause) {
        this.server = server;
        this.patienceNanos = patience.toNanos();
        this.pauseNanos = pause.toNanos();
    }

    /**
     * Whether the owner is elsewhere. Nobody can tell where this node is away, or where nobody owns the cache.
     *
     * @param ring servers that are in a ring with this one, itself included
     * @param owner the server that holds the lease now and is alive
     */
    boolean apart(Set<String> ring, Optional<String> owner) {
        return ring.contains(server)
                && owner.filter(name -> !name.equals(server) && !ring.contains(name))
                        .isPresent();
    }

    /** Whether, after this look, the node has been apart for too long and may leave (again). */
    boolean mustLeave(boolean apart, long nowNanos) {
        if (!apart) {
            apartSince = OptionalLong.empty();
            return false;
        }
        if (apartSince.isEmpty()) {
            apartSince = OptionalLong.of(nowNanos);
        }
        return nowNanos - apartSince.getAsLong() >= patienceNanos
                && (leftAt.isEmpty() || nowNanos - leftAt.getAsLong() >= pauseNanos);
    }

    /** It has been told to leave. */
    void left(long nowNanos) {
        leftAt = OptionalLong.of(nowNanos);
        apartSince = OptionalLong.empty();
    }

    /** Nobody could tell: what was seen before does not count. */
    void unknown() {
        apartSince = OptionalLong.empty();
    }
}
