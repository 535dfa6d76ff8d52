/**
 * Whether a contact may be called now: pure functions from facts and rules to a ruling. No clock, store, log or chance.
 */
@NullMarked
package io.callisto.rules.decide;

import org.jspecify.annotations.NullMarked;
