package io.callisto.events.publication;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Publication of attempt results over JMS.
 *
 * @param queue they are sent to
 * @param batch results of one transaction; 1 to 5,000
 * @param idle how often the owner looks for new results; 10 ms to 1 min
 * @param retry first wait after a failure; it doubles up to 20 times as much; 10 ms to 1 min
 * @param timeToLive what no consumer has taken by then the broker drops; 1 min to 10 years
 */
@ConfigurationProperties("callisto.publication")
public record PublicationProperties(
        @DefaultValue("callisto.attempt-results") String queue,
        @DefaultValue("500") int batch,
        @DefaultValue("250ms") Duration idle,
        @DefaultValue("100ms") Duration retry,
        @DefaultValue("7d") Duration timeToLive) {
    public PublicationProperties {
        if (queue.isBlank()) {
            throw new IllegalArgumentException("callisto.publication.queue must not be empty");
        }
        if (batch < 1 || batch > 5_000) {
            throw new IllegalArgumentException("callisto.publication.batch must lie between 1 and 5000: " + batch);
        }
        requireWithin("idle", idle, Duration.ofMillis(10), Duration.ofMinutes(1));
        requireWithin("retry", retry, Duration.ofMillis(10), Duration.ofMinutes(1));
        requireWithin("time-to-live", timeToLive, Duration.ofMinutes(1), Duration.ofDays(3_660));
    }

    private static void requireWithin(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "callisto.publication." + name + " must lie between " + least + " and " + most + ": " + value);
        }
    }
}
