/**
 * For tests of those who use the event client: {@link io.callisto.event.testkit.InMemoryEvents} instead of Kafka,
 * {@link io.callisto.event.testkit.SampleEvents} to publish.
 */
@NullMarked
package io.callisto.event.testkit;

import org.jspecify.annotations.NullMarked;
