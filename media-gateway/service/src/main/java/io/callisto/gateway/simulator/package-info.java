/** The far end: what happens to a call, as a pure function of seed, number and attempt. */
@NullMarked
package io.callisto.gateway.simulator;

import org.jspecify.annotations.NullMarked;
