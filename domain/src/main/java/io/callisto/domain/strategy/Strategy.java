package io.callisto.domain.strategy;

/**
 * A campaign strategy: today one call node. Stored as JSON in {@code campaign_strategy_version.definition}.
 *
 * @param call the call node
 * @param publish whether the result of every attempt is published over JMS (POM: result processor <em>publish</em>);
 *     left out: it is not
 */
public record Strategy(CallNode call, boolean publish) {
    /** A strategy that publishes nothing. */
    public Strategy(CallNode call) {
        this(call, false);
    }
}
