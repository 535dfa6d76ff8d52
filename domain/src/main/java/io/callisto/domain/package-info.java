/** Ids and values that every part of Callisto shares. */
@NullMarked
package io.callisto.domain;

import org.jspecify.annotations.NullMarked;
