package io.callisto.agents.zones;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the agent manager's zones.
 *
 * @param tick how often a zone's agent manager does its fenced tick and looks for commands; 10 ms to 10 s
 * @param zoneWatch how often this JVM looks for zones that came or went; 100 ms to 10 min
 * @param commandBatch commands of one transaction; 1 to 10,000
 */
@ConfigurationProperties("callisto.agents.zones")
public record ZonesProperties(
        @DefaultValue("100ms") Duration tick,
        @DefaultValue("2s") Duration zoneWatch,
        @DefaultValue("100") int commandBatch) {
    public ZonesProperties {
        requireWithin("tick", tick, 10, 10_000);
        requireWithin("zone-watch", zoneWatch, 100, 600_000);
        if (commandBatch < 1 || commandBatch > 10_000) {
            throw new IllegalArgumentException(
                    "callisto.agents.zones.command-batch must lie between 1 and 10000: " + commandBatch);
        }
    }

    private static void requireWithin(String name, Duration value, long minMillis, long maxMillis) {
        if (value.toMillis() < minMillis || value.toMillis() > maxMillis) {
            throw new IllegalArgumentException("callisto.agents.zones." + name + " must lie between " + minMillis
                    + "ms and " + maxMillis + "ms: " + value);
        }
    }
}
