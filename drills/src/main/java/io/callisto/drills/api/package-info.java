/** A small client of the REST API, as any user could write it. */
@NullMarked
package io.callisto.drills.api;

import org.jspecify.annotations.NullMarked;
