/** Orders to the aggregator of enriched attempt results. */
@NullMarked
package io.callisto.console.aggregator;

import org.jspecify.annotations.NullMarked;
