package io.callisto.events.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AggregatorPropertiesTest {
    private static AggregatorProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("callisto.aggregator", AggregatorProperties.class);
    }

    @Test
    void defaults_are_safe() {
        assertThat(bind(Map.of()))
                .isEqualTo(new AggregatorProperties(
                        1,
                        "callisto-enriched-attempt-aggregator",
                        2000,
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(5),
                        Duration.ofHours(24),
                        Duration.ofSeconds(2),
                        5000,
                        Duration.ofDays(30)));
    }

    @Test
    void every_setting_is_read() {
        assertThat(bind(Map.of(
                        "callisto.aggregator.shards", "4",
                        "callisto.aggregator.consumer-name", "pom",
                        "callisto.aggregator.batch", "7",
                        "callisto.aggregator.agent-limit", "1m",
                        "callisto.aggregator.job-limit", "0s",
                        "callisto.aggregator.grace", "1h",
                        "callisto.aggregator.open-limit", "2h",
                        "callisto.aggregator.topic-check", "1s",
                        "callisto.aggregator.sweep-rows", "100",
                        "callisto.aggregator.quarantine-keep", "1d")))
                .isEqualTo(new AggregatorProperties(
                        4,
                        "pom",
                        7,
                        Duration.ofMinutes(1),
                        Duration.ZERO,
                        Duration.ofHours(1),
                        Duration.ofHours(2),
                        Duration.ofSeconds(1),
                        100,
                        Duration.ofDays(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "shards,0",
        "shards,65",
        "batch,0",
        "sweep-rows,1",
        "agent-limit,0s",
        "job-limit,2h",
        "grace,1s",
        "open-limit,1m",
        "topic-check,1ms",
        "quarantine-keep,1s",
        "consumer-name,' '"
    })
    void values_out_of_range_are_refused_by_name(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of("callisto.aggregator." + name, value)))
                .rootCause()
                .hasMessageContaining("callisto.aggregator." + name);
    }
}
