/** Ownership of scopes. */
@NullMarked
package io.callisto.ha;

import org.jspecify.annotations.NullMarked;
