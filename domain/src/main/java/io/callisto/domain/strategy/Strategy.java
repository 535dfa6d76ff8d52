package io.callisto.domain.strategy;

/**
 * A campaign strategy: today one call node. Stored as JSON in {@code campaign_strategy_version.definition}.
 *
 * @param call the call node
 */
public record Strategy(CallNode call) {}
