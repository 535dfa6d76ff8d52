/** The real PostgreSQL, unpacked from a Maven artifact and run on this machine: the default database and the tests'. */
@NullMarked
package io.callisto.db.embedded;

import org.jspecify.annotations.NullMarked;
