/**
 * Where the client's records come from: a small port that Kafka and the test kit's stand-in both fill, so that what is
 * tested against the one holds for the other.
 */
@NullMarked
package io.callisto.event.client.source;

import org.jspecify.annotations.NullMarked;
