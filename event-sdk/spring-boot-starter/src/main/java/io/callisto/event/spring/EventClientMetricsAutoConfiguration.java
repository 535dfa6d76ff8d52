package io.callisto.event.spring;

import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Meters {@code callisto.events.*}. */
@AutoConfiguration(after = EventClientAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(CallistoEvents.class)
public final class EventClientMetricsAutoConfiguration {
    /** For Spring. */
    public EventClientMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    EventClientMetrics callistoEventsMetrics(CallistoEvents events) {
        return new EventClientMetrics(events, Clock.systemUTC());
    }
}
