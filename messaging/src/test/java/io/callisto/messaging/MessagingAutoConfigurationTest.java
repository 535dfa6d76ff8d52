package io.callisto.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MessagingAutoConfigurationTest {
    private final ApplicationContextRunner contexts =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class));

    @Test
    void without_a_broker_everything_starts_and_nothing_is_sent() {
        contexts.run(context -> {
            assertThat(context).hasSingleBean(WakeUps.class);
            assertThat(context.getBean(OrderedSenders.class).to("q", Duration.ofDays(1)))
                    .isEmpty();
        });
    }

    @Test
    @Requirement("MQ-1")
    void a_context_starts_although_its_brokers_are_away(@TempDir Path directory) {
        String url = new TestBroker(directory).url();
        contexts.withPropertyValues("callisto.broker.url=" + url).run(context -> {
            assertThat(context).hasNotFailed();
            context.getBean(WakeUps.class).wake("director");
        });
    }

    @Test
    void a_child_context_uses_what_its_parent_has() {
        contexts.run(parent -> contexts.withParent(parent)
                .run(child -> assertThat(child.getBean(WakeUps.class)).isSameAs(parent.getBean(WakeUps.class))));
    }

    @Test
    void settings_out_of_range_are_refused_by_name() {
        contexts.withPropertyValues("callisto.broker.call-timeout=1ms")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("callisto.broker.call-timeout"));
    }
}
