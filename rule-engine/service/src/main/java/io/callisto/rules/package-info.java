/** The rule engine. */
@NullMarked
package io.callisto.rules;

import org.jspecify.annotations.NullMarked;
