package io.callisto.director.imports;

import io.callisto.ha.FailBack;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the imports.
 *
 * @param chunkRows rows of one transaction; 1 to 100,000
 * @param idle longest time between two looks of a zone director at its zone; wake-ups come earlier; 50 ms to 1 min
 * @param zoneWatch how often this JVM looks for new zones to stand for; 100 ms to 10 min
 * @param failBack whether a zone goes back by itself to the server that the administrator allocated it to
 */
@ConfigurationProperties("callisto.director.imports")
public record ImportsProperties(
        @DefaultValue("2000") int chunkRows,
        @DefaultValue("250ms") Duration idle,
        @DefaultValue("5s") Duration zoneWatch,
        @DefaultValue("TO_ALLOCATED") FailBack failBack) {
    public ImportsProperties {
        if (chunkRows < 1 || chunkRows > 100_000) {
            throw new IllegalArgumentException(
                    "callisto.director.imports.chunk-rows must lie between 1 and 100000: " + chunkRows);
        }
        requireWithin("idle", idle, 50, 60_000);
        requireWithin("zone-watch", zoneWatch, 100, 600_000);
    }

    private static void requireWithin(String name, Duration value, long minMillis, long maxMillis) {
        if (value.toMillis() < minMillis || value.toMillis() > maxMillis) {
            throw new IllegalArgumentException("callisto.director.imports." + name + " must lie between " + minMillis
                    + "ms and " + maxMillis + "ms: " + value);
        }
    }
}
