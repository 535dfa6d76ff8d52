package io.callisto.console.cluster;

import java.time.Instant;

/**
 * What a message broker says of itself.
 *
 * @param state MASTER, DORMANT or STOPPED
 * @param since when it got into the state
 * @param silentMillis how long ago it said so
 */
record BrokerRow(String server, String state, Instant since, long silentMillis) {}
