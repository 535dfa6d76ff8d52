package io.callisto.console.audit;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Wiring of the audit. */
@Configuration(proxyBeanMethods = false)
public class AuditConfiguration {
    @Bean
    JdbcAuditStore auditStore(JdbcClient jdbc, JsonMapper json) {
        return new JdbcAuditStore(jdbc, json);
    }

    @Bean
    AuditedWrites auditedWrites(TransactionTemplate transaction, JdbcAuditStore entries) {
        return new AuditedWrites(transaction, entries);
    }

    @Bean
    AuditController auditController(JdbcAuditStore entries) {
        return new AuditController(entries);
    }
}
