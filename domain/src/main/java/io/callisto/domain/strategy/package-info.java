/** A campaign strategy: what to dial, when, how often. */
@NullMarked
package io.callisto.domain.strategy;

import org.jspecify.annotations.NullMarked;
