package io.callisto.agents.zones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ZonesPropertiesTest {

    private static ZonesProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("callisto.agents.zones", ZonesProperties.class);
    }

    @Test
    void defaults_are_safe() {
        assertThat(bind(Map.of())).isEqualTo(new ZonesProperties(Duration.ofMillis(100), Duration.ofSeconds(2), 100));
    }

    @Test
    void every_setting_is_read() {
        assertThat(bind(Map.of(
                        "callisto.agents.zones.tick", "50ms",
                        "callisto.agents.zones.zone-watch", "1s",
                        "callisto.agents.zones.command-batch", "7")))
                .isEqualTo(new ZonesProperties(Duration.ofMillis(50), Duration.ofSeconds(1), 7));
    }

    @Test
    void values_out_of_range_are_refused_with_the_name_of_the_setting() {
        assertThatThrownBy(() -> new ZonesProperties(Duration.ZERO, Duration.ofSeconds(1), 1))
                .hasMessageContaining("callisto.agents.zones.tick");
        assertThatThrownBy(() -> new ZonesProperties(Duration.ofSeconds(1), Duration.ZERO, 1))
                .hasMessageContaining("callisto.agents.zones.zone-watch");
        assertThatThrownBy(() -> new ZonesProperties(Duration.ofSeconds(1), Duration.ofSeconds(1), 0))
                .hasMessageContaining("callisto.agents.zones.command-batch");
    }
}
