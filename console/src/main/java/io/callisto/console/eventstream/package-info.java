/** How the event stream is, and the settings of its producers. */
@NullMarked
package io.callisto.console.eventstream;

import org.jspecify.annotations.NullMarked;
