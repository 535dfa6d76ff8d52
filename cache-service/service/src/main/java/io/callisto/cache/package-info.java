/** The cache service. */
@NullMarked
package io.callisto.cache;

import org.jspecify.annotations.NullMarked;
