package io.callisto.console.tenants;

import io.callisto.console.audit.AuditedWrites;
import io.callisto.console.idempotency.IdempotentRequests;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Wiring of organisations and users. */
@Configuration(proxyBeanMethods = false)
public class TenantsConfiguration {
    @Bean
    TenantsController tenantsController(
            JdbcClient jdbc, IdempotentRequests requests, AuditedWrites writes, PasswordEncoder passwords) {
        return new TenantsController(new JdbcTenantStore(jdbc), requests, writes, passwords);
    }
}
