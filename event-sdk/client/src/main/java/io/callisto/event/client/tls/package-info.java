/** Certificates: where they lie, and taking new ones without a restart. */
@NullMarked
package io.callisto.event.client.tls;

import org.jspecify.annotations.NullMarked;
