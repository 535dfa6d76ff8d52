package io.callisto.console.eventstream;

import io.callisto.console.audit.AuditedWrites;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wiring of the event stream's part of the API. */
@Configuration(proxyBeanMethods = false)
public class EventStreamConfiguration {
    @Bean
    EventStreamController eventStreamController(JdbcClient jdbc, AuditedWrites writes) {
        return new EventStreamController(new JdbcEventStreamStore(jdbc), writes);
    }

    @Bean
    EventStreamHealth eventStreamHealthIndicator(JdbcClient jdbc) {
        return new EventStreamHealth(new JdbcEventStreamStore(jdbc));
    }
}
