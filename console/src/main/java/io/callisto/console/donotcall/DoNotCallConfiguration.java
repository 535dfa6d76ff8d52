package io.callisto.console.donotcall;

import io.callisto.console.audit.AuditedWrites;
import io.callisto.console.idempotency.IdempotentRequests;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wiring of the do-not-call list. */
@Configuration(proxyBeanMethods = false)
public class DoNotCallConfiguration {
    @Bean
    DoNotCallController doNotCallController(JdbcClient jdbc, IdempotentRequests requests, AuditedWrites audit) {
        return new DoNotCallController(new JdbcDoNotCallStore(jdbc), requests, audit);
    }
}
