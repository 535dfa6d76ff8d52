package io.callisto.events.relay;

import java.time.Duration;

/**
 * How the roles work.
 *
 * @param shards of the outbox
 * @param idle longest wait for new events when the database's notice is missed
 * @param gather how long small changes are gathered into one transaction under load
 * @param gatherMost how long when little happens
 * @param gatherRows rows that a transaction should have
 * @param organisationCheck time between two looks for new organisations
 */
public record StreamSettings(
        int shards, Duration idle, Duration gather, Duration gatherMost, int gatherRows, Duration organisationCheck) {}
