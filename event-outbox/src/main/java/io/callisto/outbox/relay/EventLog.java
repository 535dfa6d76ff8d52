package io.callisto.outbox.relay;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where events are published: Kafka, or a fake. Thread-safe; a session belongs to one thread. */
public interface EventLog {
    /**
     * Opens a session for the shard. When this returns, every older session of the shard can commit nothing more, and
     * what it had committed can be read.
     *
     * @throws EventLogFailure where the log is not reachable
     */
    Session open(int shard);

    /**
     * Prepares for an {@link #open} of the shard that may come, so that it then takes little time; nobody's rights are
     * touched. For one thread that calls it now and then while another owns the shard. An open at the same time is
     * right, only slower.
     *
     * @return whether the log is there and could be opened
     */
    default boolean standBy(int shard) {
        return false;
    }

    /**
     * What became of a transaction.
     *
     * @param refused why one of its records can never be published; null: it is committed
     * @param culprit row of that record where it is certain, else -1: a log may blame others of the same transaction
     *     with it
     */
    record Outcome(PoisonRow.@Nullable Reason refused, long culprit) {
        /** It is committed. */
        public static final Outcome COMMITTED = new Outcome(null, -1);

        /** Some record was refused. */
        public static Outcome refused(PoisonRow.Reason reason) {
            return new Outcome(reason, -1);
        }
    }

    /**
     * The right to publish for a shard, until another session is opened. Any failure ends it: close it and open
     * another.
     */
    interface Session extends AutoCloseable {
        /**
         * Rows of the newest committed batch of the shard, read up to the end of the log as it is now; none where there
         * was no batch yet.
         *
         * @throws EventLogFailure where it could not be read
         */
        RowIds position();

        /**
         * Those of the topics that do not exist.
         *
         * @throws EventLogFailure where the log is not reachable
         */
        Set<String> missing(Set<String> topics);

        /**
         * Whether the settings of the log have changed, so that a new session should take the place of this one between
         * two batches. Asked before each batch.
         */
        default boolean outdated() {
            return false;
        }

        /**
         * Publishes the records and the position in one transaction.
         *
         * @param epoch of the lease, for people who read the position
         * @return refused: nothing is published and the session is over, because the log will never take one of the
         *     records
         * @throws EventLogFailure where the outcome is unknown, or nothing is published
         */
        Outcome publish(List<LogRecord> records, RowIds position, long epoch);

        /** Lets go at once; an open transaction is left for the next session to abort. */
        @Override
        void close();
    }
}
