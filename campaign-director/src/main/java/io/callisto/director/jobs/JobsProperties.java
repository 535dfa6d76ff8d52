package io.callisto.director.jobs;

import io.callisto.ha.FailBack;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the common director. A transaction must be much shorter than a lease, or its owner is fenced before it
 * commits:
 * raise the chunks with care.
 *
 * @param sweepInterval how often it looks for jobs that are finished; 50 ms to 1 min
 * @param idle longest time between two looks at who dials what; wake-ups come earlier; 50 ms to 1 min
 * @param failBack whether the role goes back by itself to the server that the administrator allocated it to
 * @param filterChunk contacts that one transaction of the filter takes; 1 to 1,000,000
 * @param closeChunk contacts of a stopped job that one transaction closes; 1 to 1,000,000
 * @param commandBatch orders that one transaction carries out; 1 to 10,000
 */
@ConfigurationProperties("callisto.director.jobs")
public record JobsProperties(
        @DefaultValue("1s") Duration sweepInterval,
        @DefaultValue("250ms") Duration idle,
        @DefaultValue("NEVER") FailBack failBack,
        @DefaultValue("5000") int filterChunk,
        @DefaultValue("5000") int closeChunk,
        @DefaultValue("100") int commandBatch) {
    public JobsProperties {
        requireWithin("sweep-interval", sweepInterval);
        requireWithin("idle", idle);
        requireWithin("filter-chunk", filterChunk, 1_000_000);
        requireWithin("close-chunk", closeChunk, 1_000_000);
        requireWithin("command-batch", commandBatch, 10_000);
    }

    private static void requireWithin(String name, Duration value) {
        if (value.toMillis() < 50 || value.toMillis() > 60_000) {
            throw new IllegalArgumentException(
                    "callisto.director.jobs." + name + " must lie between 50ms and 1m: " + value);
        }
    }

    private static void requireWithin(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(
                    "callisto.director.jobs." + name + " must lie between 1 and " + max + ": " + value);
        }
    }
}
