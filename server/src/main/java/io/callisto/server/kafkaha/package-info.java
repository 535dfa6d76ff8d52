/**
 * Kafka high availability as an operator sees it: which brokers there are and what each is configured with (kept as
 * revisions that every server pulls), whether the cluster really is what it should be, how large it must be, and how
 * it is restarted, backed up and restored without losing an event. Called by the command line only.
 */
@NullMarked
package io.callisto.server.kafkaha;

import org.jspecify.annotations.NullMarked;
