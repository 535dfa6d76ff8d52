package io.callisto.db.embedded;

/**
 * How soon the server notices that a client is gone or does nothing: a peer that is gone must not keep its locks.
 *
 * @param userTimeoutMillis longest that sent data may stay unacknowledged
 * @param keepaliveSeconds silence before the first probe, and between probes
 * @param keepaliveCount probes without an answer
 * @param idleInTransactionMillis longest that a transaction may do nothing
 * @param checkMillis between two looks whether the client of a running statement is still there
 */
public record PeerLimits(
        int userTimeoutMillis, int keepaliveSeconds, int keepaliveCount, int idleInTransactionMillis, int checkMillis) {

    /** For the timing profile {@code fast}. */
    public static PeerLimits fast() {
        return new PeerLimits(2_000, 1, 2, 1_500, 500);
    }

    /** For busy hosts and small machines: the timing profiles {@code safe} and {@code small}. */
    public static PeerLimits safe() {
        return new PeerLimits(4_000, 2, 2, 3_000, 1_000);
    }

    /** Open transactions may rest for as long as they like. */
    static PeerLimits patient() {
        return new PeerLimits(2_000, 1, 2, 0, 500);
    }
}
