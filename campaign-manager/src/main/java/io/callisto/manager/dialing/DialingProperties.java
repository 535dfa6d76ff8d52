package io.callisto.manager.dialing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of the dial path.
 *
 * @param queueLimit most contacts of a scope in the heap
 * @param batch most contacts of one step: rule check, reservation, placing, progress
 * @param tick shortest time between two reservations, and between two writes of progress: it makes batches out of
 * single calls
 * @param placeTtl age at which the gateway refuses an order, counted from before its reservation
 * @param rulesTimeout longest wait for the rule engine
 * @param decisionValidity how long an ALLOW may be dialed from; bridges an absence of the rule engine
 * @param gatewayTimeout longest wait for an answer of a gateway
 * @param inDoubtAfter how long after its deadline an attempt that no gateway can tell of is given up as in doubt
 * @param threads most blocking calls at once, over all jobs of this service
 */
@ConfigurationProperties("callisto.dialing")
public record DialingProperties(
        @DefaultValue("5000") int queueLimit,
        @DefaultValue("500") int batch,
        @DefaultValue("50ms") Duration tick,
        @DefaultValue("5s") Duration placeTtl,
        @DefaultValue("2s") Duration rulesTimeout,
        @DefaultValue("60s") Duration decisionValidity,
        @DefaultValue("2s") Duration gatewayTimeout,
        @DefaultValue("60s") Duration inDoubtAfter,
        @DefaultValue("32") int threads) {

    /** The defaults, for tests. */
    public static final DialingProperties DEFAULTS = new DialingProperties(
            5_000,
            500,
            Duration.ofMillis(50),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            32);

    public DialingProperties {
        if (batch < 1 || batch > 1_000) {
            throw new IllegalArgumentException("callisto.dialing.batch must lie between 1 and 1000: " + batch);
        }
        if (queueLimit < batch) {
            throw new IllegalArgumentException(
                    "callisto.dialing.queue-limit must not be below callisto.dialing.batch: " + queueLimit);
        }
        if (placeTtl.toMillis() < 100) {
            throw new IllegalArgumentException("callisto.dialing.place-ttl must be at least 100ms: " + placeTtl);
        }
        if (threads < 2) {
            throw new IllegalArgumentException("callisto.dialing.threads must be at least 2: " + threads);
        }
    }
}
