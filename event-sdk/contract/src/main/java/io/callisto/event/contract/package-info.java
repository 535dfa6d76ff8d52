/** The event contract. */
@NullMarked
package io.callisto.event.contract;

import org.jspecify.annotations.NullMarked;
