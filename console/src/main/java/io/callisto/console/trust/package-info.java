/**
 * Trusted certificates: whom brokers, services and event clients are issued by. The database is the truth; each
 * server's console writes the trust store files from it, and those who use the files take them without a restart.
 */
@NullMarked
package io.callisto.console.trust;

import org.jspecify.annotations.NullMarked;
