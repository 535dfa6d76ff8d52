/**
 * A server's Java processes: the one JVM with a context per service, or one service alone. Wiring only; ownership, data
 * and
 * messages are the services' own.
 */
@NullMarked
package io.callisto.server.app;

import org.jspecify.annotations.NullMarked;
