/** Counting rows without letting those who poll wear the database out. */
@NullMarked
package io.callisto.console.counting;

import org.jspecify.annotations.NullMarked;
