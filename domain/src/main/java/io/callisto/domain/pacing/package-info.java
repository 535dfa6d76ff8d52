/** How many calls to place now. Pure functions, the same in the dialer and in simulations. */
@NullMarked
package io.callisto.domain.pacing;

import org.jspecify.annotations.NullMarked;
