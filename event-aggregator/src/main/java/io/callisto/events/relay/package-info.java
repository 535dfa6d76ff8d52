/**
 * The roles {@code outbox/0}, {@code outbox/1}, ...: topics first, then the relay of {@link io.callisto.outbox.relay}.
 */
@NullMarked
package io.callisto.events.relay;

import org.jspecify.annotations.NullMarked;
