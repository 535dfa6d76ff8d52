/**
 * Drills: named faults done to a running cluster under load, with a verdict. A {@link io.callisto.drills.drill.Drill}
 * is a row of data: its layout, its fault, what is expected, its limits; one runner works through all of them. The
 * catalogue's methods carry the ids of the requirements that the drills prove.
 */
@NullMarked
package io.callisto.drills.drill;

import org.jspecify.annotations.NullMarked;
