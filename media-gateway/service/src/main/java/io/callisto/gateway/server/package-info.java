/** The gRPC front: protocol to values and back, start and drain. */
@NullMarked
package io.callisto.gateway.server;

import org.jspecify.annotations.NullMarked;
