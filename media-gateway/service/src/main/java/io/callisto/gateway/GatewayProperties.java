package io.callisto.gateway;

import io.callisto.gateway.simulator.BehaviourProperties;
import io.callisto.gateway.simulator.ForcedOutcomes;
import io.callisto.gateway.simulator.PhoneProperties;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of a media gateway.
 *
 * @param id its name; callers know it by this
 * @param host address that it listens on
 * @param port 0: a free one, see the file {@code endpoint} in the directory
 * @param directory where the registry is kept; must be set
 * @param capacity most calls that live at once
 * @param timeFactor what all durations of a call, the ring timeout included, are divided by; 1: real time
 * @param seed of the simulator
 * @param drainTimeout how long live calls may go on when the gateway is stopped
 * @param behaviour of the simulated far ends
 * @param forcedOutcomes outcome by last digits of the number, for tests
 * @param legCapacity most agents' legs that live at once; they have ports of their own beside those of capacity
 * @param agentPhones behaviour of the simulated phones of agents, and of customers towards agents
 */
@ConfigurationProperties("callisto.gateway")
public record GatewayProperties(
        @DefaultValue("g1") String id,
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("7001") int port,
        @Nullable String directory,
        @DefaultValue("2000") int capacity,
        @DefaultValue("1") double timeFactor,
        @DefaultValue("1") long seed,
        @DefaultValue("5s") Duration drainTimeout,
        @DefaultValue BehaviourProperties behaviour,
        @DefaultValue Map<String, String> forcedOutcomes,
        @DefaultValue("2000") int legCapacity,
        @DefaultValue PhoneProperties agentPhones) {
    public GatewayProperties {
        forcedOutcomes = Map.copyOf(forcedOutcomes);
        ForcedOutcomes.check(forcedOutcomes);
        if (id.isBlank()) {
            throw new IllegalArgumentException("callisto.gateway.id is empty");
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("callisto.gateway.port must lie between 0 and 65535: " + port);
        }
        if (directory == null || directory.isBlank()) {
            throw new IllegalArgumentException(
                    "callisto.gateway.directory is not set: name a directory for the call registry");
        }
        if (capacity < 1 || capacity > 1_000_000) {
            throw new IllegalArgumentException("callisto.gateway.capacity must lie between 1 and 1000000: " + capacity);
        }
        if (legCapacity < 1 || legCapacity > 100_000) {
            throw new IllegalArgumentException(
                    "callisto.gateway.leg-capacity must lie between 1 and 100000: " + legCapacity);
        }
        if (!(timeFactor >= 0.01 && timeFactor <= 1_000_000)) {
            throw new IllegalArgumentException(
                    "callisto.gateway.time-factor must lie between 0.01 and 1000000: " + timeFactor);
        }
        if (drainTimeout.isNegative() || drainTimeout.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "callisto.gateway.drain-timeout must lie between 0 and one hour: " + drainTimeout);
        }
    }
}
