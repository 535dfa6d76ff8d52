/** Campaign strategies, as versions that never change. */
@NullMarked
package io.callisto.console.strategies;

import org.jspecify.annotations.NullMarked;
