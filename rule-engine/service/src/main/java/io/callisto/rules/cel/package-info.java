/**
 * Users' rules as CEL expressions: type-checked against {@link io.callisto.rules.cel.RuleVariable}, compiled once,
 * bounded.
 */
@NullMarked
package io.callisto.rules.cel;

import org.jspecify.annotations.NullMarked;
