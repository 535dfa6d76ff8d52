package io.callisto.agents.zones;

import io.callisto.domain.ZoneId;
import io.callisto.ha.Coordinator;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.RoleDuty;
import io.callisto.ha.ServiceHandle;
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
    ZoneWatchRunner agentZoneWatch(
            ServiceHandle agentManagerHandle,
            Coordinator coordinator,
            DataSource dataSource,
            ObjectProvider<MeterRegistry> meters,
            ZonesProperties properties) {
        ZonesMetrics metrics = new ZonesMetrics(meters.getIfAvailable(SimpleMeterRegistry::new));
        FencedTransaction fenced = new FencedTransaction(dataSource, coordinator.ticker());
        ZoneCommands commands = new ZoneCommands(
                new JdbcCommandStore(), agentManagerHandle.server(), properties.commandBatch(), metrics);
        ZoneRoles roles = new ZoneRoles(
                agentManagerHandle,
                properties.tick(),
                (zone, handOver) -> duty(fenced, commands, zone, handOver, metrics));
        return new ZoneWatchRunner(
                agentManagerHandle, new JdbcZoneStore(JdbcClient.create(dataSource)), roles, properties.zoneWatch());
    }

    @Bean(destroyMethod = "close")
    WakeUps.Subscription agentManagerWakeUps(WakeUps wakeUps, ZoneWatchRunner agentZoneWatch) {
        return wakeUps.onWakeUp(agentZoneWatch::wakeUp);
    }

    /** The duty by hand, as the wiring and the tests make it. */
    static RoleDuty duty(
            FencedTransaction fenced, ZoneCommands commands, ZoneId zone, Runnable handOver, ZonesMetrics metrics) {
        return new ZoneDuty(fenced, new JdbcTickStore(), commands, zone, handOver, metrics);
    }
}
