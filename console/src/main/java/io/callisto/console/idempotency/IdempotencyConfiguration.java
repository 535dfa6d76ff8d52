package io.callisto.console.idempotency;

import io.callisto.console.audit.AuditedWrites;
import io.callisto.console.settings.ConsoleProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Wiring of idempotency keys. */
@Configuration(proxyBeanMethods = false)
public class IdempotencyConfiguration {
    @Bean
    IdempotentRequests idempotentRequests(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            AuditedWrites audit,
            JsonMapper json,
            ConsoleProperties properties) {
        return new IdempotentRequests(
                new JdbcIdempotencyStore(jdbc, properties.idempotencyRetention()), transaction, audit, json);
    }
}
