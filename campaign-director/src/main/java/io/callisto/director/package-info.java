/** The campaign director. */
@NullMarked
package io.callisto.director;

import org.jspecify.annotations.NullMarked;
