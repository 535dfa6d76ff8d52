package io.callisto.director.jobs;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the common director. A transaction must be much shorter than a lease, or its owner is fenced before it
 * commits:
 * raise the chunks with care.
 *
 * @param sweepInterval how often it looks for jobs that are finished; 50 ms to 1 min
 * @param filterChunk contacts that one transaction of the filter takes; 1 to 1,000,000
 * @param closeChunk contacts of a stopped job that one transaction closes; 1 to 1,000,000
 * @param commandBatch orders that one transaction carries out; 1 to 10,000
 */
@ConfigurationProperties("callisto.director.jobs")
public record JobsProperties(
        @DefaultValue("1s") Duration sweepInterval,
        @DefaultValue("5000") int filterChunk,
        @DefaultValue("5000") int closeChunk,
        @DefaultValue("100") int commandBatch) {
    public JobsProperties {
        if (sweepInterval.toMillis() < 50 || sweepInterval.toMillis() > 60_000) {
            throw new IllegalArgumentException("callisto.director.jobs.sweep-interval must lie between 50ms and 1m");
        }
        requireWithin("filter-chunk", filterChunk, 1_000_000);
        requireWithin("close-chunk", closeChunk, 1_000_000);
        requireWithin("command-batch", commandBatch, 10_000);
    }

    private static void requireWithin(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(
                    "callisto.director.jobs." + name + " must lie between 1 and " + max + ": " + value);
        }
    }
}
