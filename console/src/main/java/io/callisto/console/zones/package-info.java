/**
 * Zones, and which server is to hold their roles. What is written here are wishes: the zones' rows, where an
 * administrator wants a role, and orders to the owners, who hand over by themselves.
 */
@NullMarked
package io.callisto.console.zones;

import org.jspecify.annotations.NullMarked;
