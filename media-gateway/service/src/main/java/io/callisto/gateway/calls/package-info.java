/** The calls: the table of all that were ever placed or refused, and the exchange that carries out commands. */
@NullMarked
package io.callisto.gateway.calls;

import org.jspecify.annotations.NullMarked;
