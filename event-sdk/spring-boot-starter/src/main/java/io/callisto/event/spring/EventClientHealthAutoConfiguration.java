package io.callisto.event.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Health {@code callistoEvents}. */
@AutoConfiguration(after = EventClientAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(CallistoEvents.class)
public final class EventClientHealthAutoConfiguration {
    /** For Spring. */
    public EventClientHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnEnabledHealthIndicator("callisto-events")
    @ConditionalOnMissingBean(name = "callistoEventsHealthIndicator")
    HealthIndicator callistoEventsHealthIndicator(CallistoEvents events) {
        return new EventClientHealth(events);
    }
}
