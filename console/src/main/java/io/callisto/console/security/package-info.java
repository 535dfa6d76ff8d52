/** Who is calling: users of the database, roles, organisations. */
@NullMarked
package io.callisto.console.security;

import org.jspecify.annotations.NullMarked;
