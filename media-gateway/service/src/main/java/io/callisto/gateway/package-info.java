/** The media gateway. */
@NullMarked
package io.callisto.gateway;

import org.jspecify.annotations.NullMarked;
