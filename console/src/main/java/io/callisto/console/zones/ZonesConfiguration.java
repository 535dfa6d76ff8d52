package io.callisto.console.zones;

import io.callisto.console.audit.AuditedWrites;
import io.callisto.console.commands.JdbcCommandStore;
import io.callisto.console.idempotency.IdempotentRequests;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wiring of zones. */
@Configuration(proxyBeanMethods = false)
public class ZonesConfiguration {
    @Bean
    ZonesController zonesController(
            JdbcClient jdbc, JdbcCommandStore commands, IdempotentRequests requests, AuditedWrites writes) {
        JdbcZoneStore zones = new JdbcZoneStore(jdbc);
        return new ZonesController(zones, new ZoneAllocations(zones, commands, writes), requests, writes);
    }
}
