package io.callisto.console.strategies;

import io.callisto.console.idempotency.IdempotentRequests;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Wiring of strategies. */
@Configuration(proxyBeanMethods = false)
public class StrategiesConfiguration {
    @Bean
    StrategiesController strategiesController(JdbcClient jdbc, JsonMapper json, IdempotentRequests requests) {
        return new StrategiesController(new JdbcStrategyStore(jdbc, json), requests, json);
    }
}
