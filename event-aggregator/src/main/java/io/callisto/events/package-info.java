/**
 * The event stream: creates the topics and publishes the outbox to Kafka. A table of contents; the features are in
 * {@link io.callisto.events.topics} and {@link io.callisto.events.relay}.
 */
@NullMarked
package io.callisto.events;

import org.jspecify.annotations.NullMarked;
