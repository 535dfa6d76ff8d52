/** Benchmarks. */
@NullMarked
package io.callisto.benchmarks;

import org.jspecify.annotations.NullMarked;
