/**
 * The rule engine: answers the dialers' batches while it owns scope {@code rule-engine}, with rules read under that
 * lease. What
 * it decides is in {@link io.callisto.rules.decide}, how users' expressions run is in {@link io.callisto.rules.cel}.
 */
@NullMarked
package io.callisto.rules;

import org.jspecify.annotations.NullMarked;
