package io.callisto.director;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.director.imports.ImportsProperties;
import io.callisto.director.jobs.JobsProperties;
import io.callisto.ha.FailBack;
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
                .isEqualTo(new JobsProperties(
                        Duration.ofSeconds(1), Duration.ofMillis(250), FailBack.NEVER, 5_000, 5_000, 100));
        assertThat(bind("callisto.director.imports", ImportsProperties.class, Map.of()))
                .isEqualTo(new ImportsProperties(
                        2_000, Duration.ofMillis(250), Duration.ofSeconds(5), FailBack.TO_ALLOCATED));
    }

    @Test
    void every_setting_is_read() {
        assertThat(bind(
                        "callisto.director.jobs",
                        JobsProperties.class,
                        Map.of(
                                "callisto.director.jobs.sweep-interval", "2s",
                                "callisto.director.jobs.idle", "90ms",
                                "callisto.director.jobs.fail-back", "to-allocated",
                                "callisto.director.jobs.filter-chunk", "3",
                                "callisto.director.jobs.close-chunk", "4",
                                "callisto.director.jobs.command-batch", "5")))
                .isEqualTo(new JobsProperties(
                        Duration.ofSeconds(2), Duration.ofMillis(90), FailBack.TO_ALLOCATED, 3, 4, 5));
        assertThat(bind(
                        "callisto.director.imports",
                        ImportsProperties.class,
                        Map.of(
                                "callisto.director.imports.chunk-rows", "7",
                                "callisto.director.imports.idle", "70ms",
                                "callisto.director.imports.zone-watch", "700ms",
                                "callisto.director.imports.fail-back", "never")))
                .isEqualTo(new ImportsProperties(7, Duration.ofMillis(70), Duration.ofMillis(700), FailBack.NEVER));
    }

    @Test
    void values_out_of_range_are_refused_with_the_name_of_the_setting() {
        Duration second = Duration.ofSeconds(1);
        FailBack never = FailBack.NEVER;
        assertThatThrownBy(() -> new JobsProperties(Duration.ZERO, second, never, 1, 1, 1))
                .hasMessageContaining("callisto.director.jobs.sweep-interval");
        assertThatThrownBy(() -> new JobsProperties(second, Duration.ZERO, never, 1, 1, 1))
                .hasMessageContaining("callisto.director.jobs.idle");
        assertThatThrownBy(() -> new JobsProperties(second, second, never, 0, 1, 1))
                .hasMessageContaining("callisto.director.jobs.filter-chunk");
        assertThatThrownBy(() -> new ImportsProperties(0, second, second, never))
                .hasMessageContaining("callisto.director.imports.chunk-rows");
        assertThatThrownBy(() -> new ImportsProperties(1, Duration.ofMillis(1), second, never))
                .hasMessageContaining("callisto.director.imports.idle");
    }
}
