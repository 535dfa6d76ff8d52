/**
 * Drills: commands that run the whole product and prove, from independent records, that nothing was lost or doubled.
 */
@NullMarked
package io.callisto.drills;

import org.jspecify.annotations.NullMarked;
