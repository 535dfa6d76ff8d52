package io.callisto.rules;

import com.zaxxer.hikari.HikariDataSource;
import io.callisto.ha.Coordinator;
import io.callisto.ha.FencedTransaction;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the rule engine; coordinator and fenced transactions come from the parent context or auto-configuration. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RuleEngineProperties.class, AddressProperties.class})
class RuleEngineConfiguration {
    private static final int CONNECTIONS = 2;
    private static final long CONNECTION_TIMEOUT_MILLIS = 2_000;

    /** A pool of this service alone; it starts without the database and connects when it is there. */
    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(DataSourceProperties properties) {
        HikariDataSource pool = properties
                .initializeDataSourceBuilder()
                .type(HikariDataSource.class)
                .build();
        pool.setPoolName("rule-engine");
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        pool.setInitializationFailTimeout(-1);
        return pool;
    }

    @Bean
    RuleEngineMetrics ruleEngineMetrics(ObjectProvider<MeterRegistry> registry) {
        return new RuleEngineMetrics(registry.getIfAvailable(SimpleMeterRegistry::new));
    }

    @Bean
    Mastership mastership(Coordinator coordinator) {
        return new Mastership(coordinator.ticker());
    }

    @Bean
    EvaluateEndpoint evaluateEndpoint(Mastership mastership, RuleEngineMetrics metrics, Coordinator coordinator) {
        return new EvaluateEndpoint(mastership, metrics, coordinator.ticker());
    }

    @Bean
    RehearsalRunner rehearsalRunner(HikariDataSource dataSource, Coordinator coordinator) {
        return new RehearsalRunner(dataSource, coordinator.ticker());
    }

    @Bean
    RuleEngineRunner ruleEngineRunner(
            Coordinator coordinator,
            FencedTransaction fenced,
            Mastership mastership,
            EvaluateEndpoint endpoint,
            RuleEngineProperties properties,
            AddressProperties address) {
        return new RuleEngineRunner(coordinator, fenced, mastership, endpoint, properties, address);
    }
}
