/**
 * {@code ./callisto bench failover}: how long one role is without an owner, and what a former owner can still do, with
 * this product's coordinator and with four others, measured in the same way on the same machine in one run.
 *
 * <p>A role is one unit of work that lasts: its owner leaves an <em>effect</em> (a row) every 25 ms. Each contender has
 * two workers, JVMs of their own; one owns the role. {@code FailoverWorkerMain} is such a worker, {@code *Runner}
 * classes put the contender's library in charge of it, {@link io.callisto.benchmarks.failover.FailoverMeasure} judges
 * the rows.
 */
@NullMarked
package io.callisto.benchmarks.failover;

import org.jspecify.annotations.NullMarked;
