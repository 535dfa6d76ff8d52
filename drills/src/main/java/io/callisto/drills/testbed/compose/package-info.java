/** A cluster in containers, which the docker command line does faults to. */
@NullMarked
package io.callisto.drills.testbed.compose;

import org.jspecify.annotations.NullMarked;
