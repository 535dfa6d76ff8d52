/** Client of the rule engine. */
@NullMarked
package io.callisto.rules.client;

import org.jspecify.annotations.NullMarked;
