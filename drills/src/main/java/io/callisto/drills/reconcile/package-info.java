/**
 * Compares what the database says with what the media gateways placed and what Kafka tells, by id. The comparison is a
 * pure
 * function; the three witnesses are read by plain clients that share no code with the parts that wrote them.
 */
@NullMarked
package io.callisto.drills.reconcile;

import org.jspecify.annotations.NullMarked;
