/** The event stream. */
@NullMarked
package io.callisto.events;

import org.jspecify.annotations.NullMarked;
