/** The Ignite node and caches. */
@NullMarked
package io.callisto.cache.client;

import org.jspecify.annotations.NullMarked;
