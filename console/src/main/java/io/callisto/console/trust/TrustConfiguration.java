package io.callisto.console.trust;

import io.callisto.console.audit.AuditedWrites;
import io.callisto.console.idempotency.IdempotentRequests;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wiring of the trusted certificates. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TrustProperties.class)
public class TrustConfiguration {
    @Bean
    JdbcTrustStore trustStore(JdbcClient jdbc) {
        return new JdbcTrustStore(jdbc);
    }

    @Bean
    TrustFiles trustFiles(JdbcTrustStore store, TrustProperties properties, Environment environment) {
        return new TrustFiles(store, environment.getProperty("callisto.server-name", "s1"), properties);
    }

    @Bean
    TrustController trustController(
            JdbcTrustStore store, TrustFiles files, IdempotentRequests requests, AuditedWrites audit) {
        return new TrustController(store, files, requests, audit);
    }

    @Bean
    TrustRunner trustRunner(TrustFiles files, TrustProperties properties) {
        return new TrustRunner(files, properties.sweep());
    }
}
