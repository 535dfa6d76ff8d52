/** The append-only registry of calls: what is synced here before it is answered is the truth about what was placed. */
@NullMarked
package io.callisto.gateway.registry;

import org.jspecify.annotations.NullMarked;
