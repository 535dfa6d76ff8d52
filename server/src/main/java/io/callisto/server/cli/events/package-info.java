/** {@code callisto events}: the event client on the command line. */
@NullMarked
package io.callisto.server.cli.events;

import org.jspecify.annotations.NullMarked;
