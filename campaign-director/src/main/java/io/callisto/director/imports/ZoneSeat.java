package io.callisto.director.imports;

import io.callisto.domain.ZoneId;

/**
 * Where a zone director works.
 *
 * @param zone its zone
 * @param server its server
 * @param handOver lets another server have the zone; may do nothing when called too early, then it is called again
 */
record ZoneSeat(ZoneId zone, String server, Runnable handOver) {}
