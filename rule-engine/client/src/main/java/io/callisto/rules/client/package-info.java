/**
 * Client of the rule engine: one bidirectional stream to whoever is master. Owned by the dialers; INV: no decision of a
 * lower
 * epoch than one already seen is ever handed out.
 */
@NullMarked
package io.callisto.rules.client;

import org.jspecify.annotations.NullMarked;
