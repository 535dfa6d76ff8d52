package io.callisto.manager.dialing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DialingPropertiesTest {
    private static DialingProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("callisto.dialing", Bindable.of(DialingProperties.class));
    }

    @Test
    void without_settings_the_defaults_hold() {
        assertThat(bind(Map.of())).isEqualTo(DialingProperties.DEFAULTS);
    }

    @Test
    void every_setting_is_mapped() {
        assertThat(bind(Map.of(
                        "callisto.dialing.queue-limit", "900",
                        "callisto.dialing.batch", "100",
                        "callisto.dialing.tick", "10ms",
                        "callisto.dialing.place-ttl", "3s",
                        "callisto.dialing.rules-timeout", "1s",
                        "callisto.dialing.decision-validity", "30s",
                        "callisto.dialing.gateway-timeout", "4s",
                        "callisto.dialing.in-doubt-after", "90s",
                        "callisto.dialing.threads", "8")))
                .isEqualTo(new DialingProperties(
                        900,
                        100,
                        Duration.ofMillis(10),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(90),
                        8));
    }

    @Test
    void a_queue_that_is_smaller_than_a_batch_is_refused_with_the_names_of_both() {
        assertThatThrownBy(() -> bind(Map.of("callisto.dialing.queue-limit", "10")))
                .isInstanceOf(BindException.class)
                .rootCause()
                .hasMessageContaining("callisto.dialing.queue-limit")
                .hasMessageContaining("callisto.dialing.batch");
    }
}
