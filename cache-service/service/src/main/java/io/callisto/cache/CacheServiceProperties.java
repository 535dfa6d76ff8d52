package io.callisto.cache;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * Settings that the cache service reads besides those of the node.
 *
 * @param bindHost the interface to listen on
 * @param advertisedHost the name that others connect to; where missing, {@code bindHost}
 * @param watch of the generation
 */
@ConfigurationProperties("callisto")
record CacheServiceProperties(
        @DefaultValue("127.0.0.1") String bindHost,
        @Nullable String advertisedHost,
        @Name("cache-service") @DefaultValue Watch watch) {
    /**
     * How often the generation and the ring of cache nodes are looked at.
     *
     * @param interval between two looks
     * @param rejoinAfter how long the owner of the cache must be missing in this node's ring before the node leaves it
     *     for the owner's
     * @param rejoinPause shortest time between two such departures
     */
    record Watch(
            @DefaultValue("1s") Duration interval,
            @DefaultValue("3s") Duration rejoinAfter,
            @DefaultValue("15s") Duration rejoinPause) {
        Watch {
            if (interval.isNegative() || interval.isZero()) {
                throw new IllegalArgumentException("callisto.cache-service.interval must be positive: " + interval);
            }
            if (rejoinAfter.isNegative() || rejoinPause.isNegative()) {
                throw new IllegalArgumentException(
                        "callisto.cache-service.rejoin-after and rejoin-pause must not be negative");
            }
        }
    }

    String advertised(int port) {
        return (advertisedHost == null || advertisedHost.isBlank() ? bindHost : advertisedHost) + ":" + port;
    }
}
