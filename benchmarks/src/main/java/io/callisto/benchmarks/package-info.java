/** Benchmarks: figures with the limit of the same machine beside them, measured in the same run. */
@NullMarked
package io.callisto.benchmarks;

import org.jspecify.annotations.NullMarked;
