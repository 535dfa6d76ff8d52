package io.callisto.director.statistics;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Statistics events of jobs.
 *
 * @param statisticsEvery how often a job that works is told of in topic JOBSTATISTICS, beside every change of its
 *     state; 100 ms to 1 h, or 0 for no such events at all
 */
@ConfigurationProperties("callisto.director")
public record StatisticsProperties(@DefaultValue("10s") Duration statisticsEvery) {
    public StatisticsProperties {
        if (!statisticsEvery.isZero()
                && (statisticsEvery.toMillis() < 100 || statisticsEvery.compareTo(Duration.ofHours(1)) > 0)) {
            throw new IllegalArgumentException(
                    "callisto.director.statistics-every must be 0 or lie between 100ms and 1h: " + statisticsEvery);
        }
    }
}
