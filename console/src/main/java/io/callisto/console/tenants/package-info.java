/** Organisations and users. */
@NullMarked
package io.callisto.console.tenants;

import org.jspecify.annotations.NullMarked;
