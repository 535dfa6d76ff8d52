/** {@code callisto certs}: a development authority and its certificates. */
@NullMarked
package io.callisto.server.cli.certs;

import org.jspecify.annotations.NullMarked;
