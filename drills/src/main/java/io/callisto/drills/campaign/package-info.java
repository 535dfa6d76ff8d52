/** Runs one campaign through the REST API and gathers the evidence about it. */
@NullMarked
package io.callisto.drills.campaign;

import org.jspecify.annotations.NullMarked;
