package io.callisto.gateway.calls;

/**
 * Answer to a command of a scope.
 *
 * @param accepted false: the epoch is stale, and nothing was done
 */
public record ScopeAnswer(boolean accepted, long highestEpoch) {}
