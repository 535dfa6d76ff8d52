/**
 * The message broker, as the services see it: a channel for wake-ups and for publication, never the only copy of
 * anything. {@link io.callisto.messaging.WakeUps} may lose messages; NOTIFY and sweeps heal that. {@link
 * io.callisto.messaging.OrderedSender} tells its caller what the broker has taken, so that the caller keeps the rest.
 */
@NullMarked
package io.callisto.messaging;

import org.jspecify.annotations.NullMarked;
