/**
 * The small process beside a server that starts, restarts and stops the server's processes and certifies their deaths.
 */
@NullMarked
package io.callisto.server.supervisor;

import org.jspecify.annotations.NullMarked;
