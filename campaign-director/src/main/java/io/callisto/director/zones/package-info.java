/**
 * The end of a zone: its row goes once nobody owns a role of it any more. Work of the owner of scope {@code director};
 * the console only marks the zone as DELETING, and the zone's owners let go by themselves.
 */
@NullMarked
package io.callisto.director.zones;

import org.jspecify.annotations.NullMarked;
