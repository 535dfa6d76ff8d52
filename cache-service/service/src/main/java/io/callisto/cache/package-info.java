/**
 * The cache service: the process that keeps a server's copy of the caches, watches that it is the current generation,
 * and, where
 * it owns scope {@code cache}, says which generation that is. INV: the generation in the cache is an epoch of {@code
 * ha_fence}.
 */
@NullMarked
package io.callisto.cache;

import org.jspecify.annotations.NullMarked;
