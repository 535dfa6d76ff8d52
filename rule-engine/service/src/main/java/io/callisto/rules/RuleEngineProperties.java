package io.callisto.rules;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the rule engine.
 *
 * @param port where it listens; 0: any free port
 * @param reload how often the master looks for changed rules
 * @param threads that evaluate batches
 */
@ConfigurationProperties("callisto.rule-engine")
record RuleEngineProperties(
        @DefaultValue("0") int port,
        @DefaultValue("2s") Duration reload,
        @DefaultValue("2") int threads) {
    RuleEngineProperties {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("callisto.rule-engine.port must lie between 0 and 65535: " + port);
        }
        if (reload.isNegative() || reload.isZero()) {
            throw new IllegalArgumentException("callisto.rule-engine.reload must be positive: " + reload);
        }
        if (threads < 1 || threads > 64) {
            throw new IllegalArgumentException("callisto.rule-engine.threads must lie between 1 and 64: " + threads);
        }
    }
}
