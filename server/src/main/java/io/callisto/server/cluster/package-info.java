/**
 * A whole cluster on this machine: infrastructure and servers as detached processes, started, adopted, shown and
 * stopped.
 */
@NullMarked
package io.callisto.server.cluster;

import org.jspecify.annotations.NullMarked;
