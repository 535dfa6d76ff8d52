package io.callisto.console.aggregator;

import io.callisto.console.audit.AuditedWrites;
import io.callisto.console.commands.JdbcCommandStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wiring of orders to the aggregator. */
@Configuration(proxyBeanMethods = false)
public class AggregatorOrdersConfiguration {
    @Bean
    AggregatorController aggregatorController(JdbcCommandStore commands, AuditedWrites writes) {
        return new AggregatorController(commands, writes);
    }
}
