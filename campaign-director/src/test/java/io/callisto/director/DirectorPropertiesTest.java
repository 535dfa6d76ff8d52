package io.callisto.director;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.director.imports.ImportsProperties;
import io.callisto.director.jobs.JobsProperties;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DirectorPropertiesTest {

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate(prefix, type);
    }

    @Test
    void defaults_are_safe() {
        assertThat(bind("callisto.director.jobs", JobsProperties.class, Map.of()))
                .isEqualTo(new JobsProperties(Duration.ofSeconds(1), 5_000, 5_000, 100));
        assertThat(bind("callisto.director.imports", ImportsProperties.class, Map.of()))
                .isEqualTo(new ImportsProperties(2_000, Duration.ofMillis(500), Duration.ofSeconds(5)));
    }

    @Test
    void every_setting_is_read() {
        assertThat(bind(
                        "callisto.director.jobs",
                        JobsProperties.class,
                        Map.of(
                                "callisto.director.jobs.sweep-interval", "2s",
                                "callisto.director.jobs.filter-chunk", "3",
                                "callisto.director.jobs.close-chunk", "4",
                                "callisto.director.jobs.command-batch", "5")))
                .isEqualTo(new JobsProperties(Duration.ofSeconds(2), 3, 4, 5));
        assertThat(bind(
                        "callisto.director.imports",
                        ImportsProperties.class,
                        Map.of(
                                "callisto.director.imports.chunk-rows", "7",
                                "callisto.director.imports.idle", "70ms",
                                "callisto.director.imports.zone-watch", "700ms")))
                .isEqualTo(new ImportsProperties(7, Duration.ofMillis(70), Duration.ofMillis(700)));
    }

    @Test
    void values_out_of_range_are_refused_with_the_name_of_the_setting() {
        assertThatThrownBy(() -> new JobsProperties(Duration.ZERO, 1, 1, 1))
                .hasMessageContaining("callisto.director.jobs.sweep-interval");
        assertThatThrownBy(() -> new JobsProperties(Duration.ofSeconds(1), 0, 1, 1))
                .hasMessageContaining("callisto.director.jobs.filter-chunk");
        assertThatThrownBy(() -> new ImportsProperties(0, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .hasMessageContaining("callisto.director.imports.chunk-rows");
        assertThatThrownBy(() -> new ImportsProperties(1, Duration.ofMillis(1), Duration.ofSeconds(1)))
                .hasMessageContaining("callisto.director.imports.idle");
    }
}
