/**
 * {@code ./callisto bench dialing}: attempts per second from end to end, beside what the database and Kafka do alone.
 */
@NullMarked
package io.callisto.benchmarks.dialing;

import org.jspecify.annotations.NullMarked;
