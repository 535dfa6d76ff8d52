/**
 * Publishes the rows of an outbox shard, each exactly once and in order, as owner of scope {@code outbox/{shard}}.
 *
 * <p>The protocol, always in this order: claim; open a session of the log (Kafka: {@code initTransactions}, which ends
 * every older session of the shard); read the shard's position record, which lists the rows of the last committed
 * batch; delete those rows, fenced; then repeat { fenced select of a batch; one transaction of the log with the batch
 * and the position record that lists its row ids; fenced delete of the batch, which must have committed before the next
 * batch is sent }.
 *
 * <p>Why it is right: at most one batch is committed in the log and not deleted in SQL, and it is the one of the newest
 * position record, because both are in one transaction of the log. A commit of unknown outcome is decided by opening a
 * new session and reading the position. Rows are never carried from one session into another: what an older owner
 * selected may be published and deleted by now.
 *
 * <p>The rest is fenced twice: SQL by the lease's epoch, the log by the session.
 *
 * <p>Whoever may have to take over stands by ({@link EventLog#standBy}): what costs time and harms nobody, the clients
 * and their connections, is there before the claim. The order above is the same with and without.
 */
@NullMarked
package io.callisto.outbox.relay;

import org.jspecify.annotations.NullMarked;
