/** Zones, servers, services, roles: what runs where, and what the administrator wishes. */
@NullMarked
package io.callisto.console.cluster;

import org.jspecify.annotations.NullMarked;
