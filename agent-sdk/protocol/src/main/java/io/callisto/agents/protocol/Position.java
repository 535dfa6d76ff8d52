package io.callisto.agents.protocol;

import java.util.Objects;

/**
 * How far a reader is in the notifications of a session.
 *
 * @param epoch of the zone's owner; 0 before the first
 * @param seq number of the last notification in that epoch
 */
public record Position(long epoch, long seq) {
    public static final Position START = new Position(0, 0);

    public Position {
        if (epoch < 0 || seq < 0) {
            throw new IllegalArgumentException("a position is not negative: " + epoch + ", " + seq);
        }
    }

    /** What to do with something that the server told. */
    public enum Verdict {
        /** It is the next one. */
        TAKE,
        /** It was told before, or by an owner that is none any more. */
        DROP,
        /** Something before it is missing, or another owner tells: only a snapshot helps. */
        SNAPSHOT,
        /** It is not of the sequence: take it, the position stays. */
        ASIDE
    }

    /** What to do with a notification at that place. */
    public Verdict notification(long atEpoch, long atSeq) {
        if (atSeq == 0) {
            return Verdict.ASIDE;
        }
        if (atEpoch != epoch) {
            return atEpoch < epoch ? Verdict.DROP : Verdict.SNAPSHOT;
        }
        if (atSeq <= seq) {
            return Verdict.DROP;
        }
        return atSeq == seq + 1 ? Verdict.TAKE : Verdict.SNAPSHOT;
    }

    /** Whether a snapshot at that place is news: it is unless it is older than what the reader has. */
    public boolean acceptsSnapshot(Position at) {
        Objects.requireNonNull(at, "at");
        return at.epoch > epoch || (at.epoch == epoch && at.seq >= seq);
    }
}
