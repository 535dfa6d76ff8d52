/**
 * The client of Callisto's events, for users outside of Callisto: {@link io.callisto.event.client.EventClient}.
 *
 * <p>One thread per client reads, calls the handlers and keeps the positions, so that nothing of a user's handler runs
 * twice at a time; another one looks which sites are there.
 */
@NullMarked
package io.callisto.event.client;

import org.jspecify.annotations.NullMarked;
