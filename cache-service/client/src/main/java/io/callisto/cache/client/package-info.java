/**
 * The one Ignite node of a JVM and typed, bounded access to the caches. A cache holds a derived, versioned copy of what
 * PostgreSQL says: nothing here is ever awaited by dialing or by agents, and everything may be lost.
 */
@NullMarked
package io.callisto.cache.client;

import org.jspecify.annotations.NullMarked;
