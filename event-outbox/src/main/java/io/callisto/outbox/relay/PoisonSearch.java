package io.callisto.outbox.relay;

/**
 * Finds the one record that the log refuses, without breaking the order: the batch is halved until the culprit is sent
 * alone. Used by one thread.
 */
final class PoisonSearch {
    private final int full;
    private int limit;

    /** The culprit is among so many rows from the next one on. */
    private int suspects;

    /**
     * @param full rows of a batch when nothing is searched for
     */
    PoisonSearch(int full) {
        this.full = full;
        this.limit = full;
    }

    /** A batch was refused, nobody knows for which row; returns the size of the next one. */
    int refused(int rows) {
        suspects = rows;
        limit = Math.max(1, rows / 2);
        return limit;
    }

    /** A batch was committed, so it did not hold the culprit; returns the size of the next one. */
    int committed(int rows) {
        suspects -= rows;
        return suspects > 0 ? limit : found();
    }

    /** The culprit is out of the way; returns the size of the next batch. */
    int found() {
        suspects = 0;
        limit = full;
        return limit;
    }
}
