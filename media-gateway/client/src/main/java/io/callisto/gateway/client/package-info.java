/** Client of the media gateway. */
@NullMarked
package io.callisto.gateway.client;

import org.jspecify.annotations.NullMarked;
