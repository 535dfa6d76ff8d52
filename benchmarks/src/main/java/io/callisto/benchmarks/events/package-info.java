/**
 * {@code ./callisto bench events}: how soon after its commit an event is with a client, how fast a backlog leaves the
 * outbox, and how many bytes an attempt takes in Kafka's store, beside POM's figures.
 */
@NullMarked
package io.callisto.benchmarks.events;

import org.jspecify.annotations.NullMarked;
