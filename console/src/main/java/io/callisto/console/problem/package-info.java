/** Every error of the API as RFC 9457 problem details. */
@NullMarked
package io.callisto.console.problem;

import org.jspecify.annotations.NullMarked;
