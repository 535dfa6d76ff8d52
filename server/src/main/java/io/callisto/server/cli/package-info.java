/** The {@code callisto} command. */
@NullMarked
package io.callisto.server.cli;

import org.jspecify.annotations.NullMarked;
