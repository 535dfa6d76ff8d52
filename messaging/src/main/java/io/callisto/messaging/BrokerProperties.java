package io.callisto.messaging;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The message brokers.
 *
 * @param url all brokers, such as {@code (tcp://s1:61616,tcp://s2:61616)}; left out: there is no broker, wake-ups go by
 *     the database alone and publications wait
 * @param failureDetection a broker that is silent for so long is taken for lost; 500 ms to 1 min
 * @param callTimeout longest wait for one answer of a broker; 500 ms to 1 min
 */
@ConfigurationProperties("callisto.broker")
public record BrokerProperties(
        @Nullable String url,
        @DefaultValue("2s") Duration failureDetection,
        @DefaultValue("2s") Duration callTimeout) {
    public BrokerProperties {
        requireWithin("failure-detection", failureDetection);
        requireWithin("call-timeout", callTimeout);
    }

    private static void requireWithin(String name, Duration value) {
        if (value.toMillis() < 500 || value.toMillis() > 60_000) {
            throw new IllegalArgumentException("callisto.broker." + name + " must lie between 500ms and 1m: " + value);
        }
    }
}
