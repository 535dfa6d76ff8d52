package io.callisto.events.relay;

import java.time.Duration;

/**
 * How the roles work.
 *
 * @param shards of the outbox
 * @param idle longest wait for new events when the database's notice is missed
 * @param organisationCheck time between two looks for new organisations
 */
public record StreamSettings(int shards, Duration idle, Duration organisationCheck) {}
