/**
 * What a cluster recorded of itself while faults were done to it, and the checkers that judge it. The records are three
 * that do not know of one another: the effects that fenced transactions left in the database, the media gateways' own
 * registries, and the event log. Checkers are pure; each returns the {@link io.callisto.drills.history.Violation}s.
 */
@NullMarked
package io.callisto.drills.history;

import org.jspecify.annotations.NullMarked;
