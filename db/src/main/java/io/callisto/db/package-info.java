/** Schema migrations and the embedded PostgreSQL. */
@NullMarked
package io.callisto.db;

import org.jspecify.annotations.NullMarked;
