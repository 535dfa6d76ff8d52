/**
 * A deterministic simulation of the coordination protocol: several coordinators, one thread, one seed.
 *
 * <p>Real: what decides and steps in {@code ha-coordinator} (seats, lease runner, claims, renewals, epochs, tenures,
 * timing), by way of {@link io.callisto.ha.SteppedCoordinator}. Simulated: time, network, database with its locks and
 * open transactions, media gateway, event log, hints, and three duties that work as the product's do. Checkers look at
 * every accepted effect (INV-1 to INV-5); after the faults stop, work must go on. See docs/concepts/simulation.md.
 *
 * <p>Nothing here reads a clock, starts a thread or draws from anything but the seed: the same seed gives the same
 * trace.
 */
@NullMarked
package io.callisto.drills.simulation;

import org.jspecify.annotations.NullMarked;
