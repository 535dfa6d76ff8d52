package io.callisto.agents.zones;

import io.callisto.domain.ZoneId;
import io.callisto.ha.Coordinator;
import io.callisto.ha.FailBack;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.RoleDuty;
import io.callisto.ha.Scope;
import io.callisto.ha.ServiceHandle;
import io.callisto.ha.zones.ZoneRole;
import io.callisto.ha.zones.ZoneRolesRunner;
import io.callisto.messaging.WakeUps;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wiring of the zones. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ZonesProperties.class)
public class ZonesConfiguration {

    @Bean
    ZoneRolesRunner agentZoneRoles(
            ServiceHandle agentManagerHandle,
            Coordinator coordinator,
            DataSource dataSource,
            ObjectProvider<MeterRegistry> meters,
            ZonesProperties properties) {
        ZonesMetrics metrics = new ZonesMetrics(meters.getIfAvailable(SimpleMeterRegistry::new));
        FencedTransaction fenced = new FencedTransaction(dataSource, coordinator.ticker());
        ZoneCommands commands = new ZoneCommands(
                new JdbcCommandStore(), agentManagerHandle.server(), properties.commandBatch(), metrics);
        return new ZoneRolesRunner(
                agentManagerHandle,
                new JdbcZoneStore(JdbcClient.create(dataSource))::zones,
                new ZoneRole(
                        Scope::agentManager,
                        properties.tick(),
                        FailBack.NEVER,
                        (zone, handOver) -> duty(fenced, commands, zone, handOver, metrics)),
                properties.zoneWatch());
    }

    @Bean(destroyMethod = "close")
    WakeUps.Subscription agentManagerWakeUps(WakeUps wakeUps, ZoneRolesRunner agentZoneRoles) {
        return wakeUps.onWakeUp(agentZoneRoles::wakeUp);
    }

    /** The duty by hand, as the wiring and the tests make it. */
    static RoleDuty duty(
            FencedTransaction fenced, ZoneCommands commands, ZoneId zone, Runnable handOver, ZonesMetrics metrics) {
        return new ZoneDuty(fenced, new JdbcTickStore(), commands, zone, handOver, metrics);
    }
}
