/** What the benchmarks have in common as commands: options, where results and progress go, and the exit code. */
@NullMarked
package io.callisto.benchmarks.cli;

import org.jspecify.annotations.NullMarked;
