package io.callisto.ha;

import org.jspecify.annotations.Nullable;

/** What one scope's part of a renewal's answer means. */
public enum RenewalDecision {
    /** Ours, and for a while longer: the deadline moves. */
    CONFIRMED,
    /** Not in the answer (its row was locked): neither confirmed nor lost; the deadline stays. */
    UNKNOWN,
    /** Another owner or epoch was read: over. */
    LOST,
    /** Ours, but from before the database was promoted: give it back and claim it anew. */
    OLD_TIMELINE;

    /**
     * A lease row as the renewal found it.
     *
     * @param renewed whether this renewal extended it
     */
    public record Row(long epoch, @Nullable NodeId owner, boolean renewed) {}

    /**
     * @param epoch that we hold
     * @param row what was read, null where the row was locked
     * @param timeline of the database now
     */
    static RenewalDecision decide(long epoch, NodeId me, @Nullable Row row, int timeline) {
        if (row == null) {
            return UNKNOWN;
        }
        if (row.epoch() != epoch || !me.equals(row.owner()) || !row.renewed()) {
            return LOST;
        }
        return Epochs.timeline(epoch) < timeline ? OLD_TIMELINE : CONFIRMED;
    }
}
