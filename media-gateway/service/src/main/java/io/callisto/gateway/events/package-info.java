/** Who is told of the progress of calls. */
@NullMarked
package io.callisto.gateway.events;

import org.jspecify.annotations.NullMarked;
