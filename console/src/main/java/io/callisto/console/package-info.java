/** REST API. */
@NullMarked
package io.callisto.console;

import org.jspecify.annotations.NullMarked;
