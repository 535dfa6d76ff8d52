package io.callisto.ha;

/**
 * How a tenure began, by the monotonic clock of its node.
 *
 * @param reason why the scope could be claimed
 * @param freeMillis how long it had been free when this node first saw that
 * @param seenNanos when this node first saw it free
 * @param claimedNanos when the claim had been confirmed
 */
record Takeover(Scope scope, long epoch, ClaimReason reason, long freeMillis, long seenNanos, long claimedNanos) {}
