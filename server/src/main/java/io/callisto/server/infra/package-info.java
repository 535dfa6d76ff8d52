/** One small main class per piece of embedded infrastructure: each is the real product in a process of its own. */
@NullMarked
package io.callisto.server.infra;

import org.jspecify.annotations.NullMarked;
