/** Drills. */
@NullMarked
package io.callisto.drills;

import org.jspecify.annotations.NullMarked;
