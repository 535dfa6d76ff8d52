/** One-JVM composition. */
@NullMarked
package io.callisto.server;

import org.jspecify.annotations.NullMarked;
