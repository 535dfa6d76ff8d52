/** Idempotency keys: a creation that is asked for twice happens once. */
@NullMarked
package io.callisto.console.idempotency;

import org.jspecify.annotations.NullMarked;
