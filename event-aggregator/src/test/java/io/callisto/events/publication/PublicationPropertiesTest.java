package io.callisto.events.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PublicationPropertiesTest {
    private static PublicationProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("callisto.publication", PublicationProperties.class);
    }

    @Test
    void defaults_are_safe() {
        assertThat(bind(Map.of()))
                .isEqualTo(new PublicationProperties(
                        "callisto.attempt-results",
                        500,
                        Duration.ofMillis(250),
                        Duration.ofMillis(100),
                        Duration.ofDays(7)));
    }

    @Test
    void every_setting_is_read() {
        assertThat(bind(Map.of(
                        "callisto.publication.queue", "q",
                        "callisto.publication.batch", "7",
                        "callisto.publication.idle", "1s",
                        "callisto.publication.retry", "2s",
                        "callisto.publication.time-to-live", "3h")))
                .isEqualTo(new PublicationProperties(
                        "q", 7, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofHours(3)));
    }

    @Test
    void values_out_of_range_are_refused_by_name() {
        assertThatThrownBy(() -> bind(Map.of("callisto.publication.batch", "0")))
                .rootCause()
                .hasMessageContaining("callisto.publication.batch");
        assertThatThrownBy(() -> bind(Map.of("callisto.publication.idle", "0ms")))
                .rootCause()
                .hasMessageContaining("callisto.publication.idle");
        assertThatThrownBy(() -> bind(Map.of("callisto.publication.time-to-live", "1s")))
                .rootCause()
                .hasMessageContaining("callisto.publication.time-to-live");
    }
}
