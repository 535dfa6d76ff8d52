package io.callisto.director.imports;

import io.callisto.director.command.JdbcCommandStore;
import io.callisto.domain.Ticker;
import io.callisto.ha.Coordinator;
import io.callisto.ha.FencedTransaction;
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

/** Wiring of the zone directors. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ImportsProperties.class)
public class ImportsConfiguration {

    @Bean
    ZoneRolesRunner zoneDirectors(
            ServiceHandle directorHandle,
            Coordinator coordinator,
            DataSource dataSource,
            ObjectProvider<MeterRegistry> meters,
            ImportsProperties properties) {
        ImportTools tools =
                tools(dataSource, coordinator.ticker(), meters.getIfAvailable(SimpleMeterRegistry::new), properties);
        JdbcZoneStore zones = new JdbcZoneStore();
        return new ZoneRolesRunner(
                directorHandle,
                () -> zones.zones(tools.reads()),
                new ZoneRole(
                        Scope::director,
                        properties.idle(),
                        properties.failBack(),
                        (zone, handOver) -> duty(tools, new ZoneSeat(zone, directorHandle.server(), handOver))),
                properties.zoneWatch());
    }

    @Bean(destroyMethod = "close")
    WakeUps.Subscription zoneDirectorWakeUps(WakeUps wakeUps, ZoneRolesRunner zoneDirectors) {
        return wakeUps.onWakeUp(zoneDirectors::wakeUp);
    }

    static ImportTools tools(DataSource dataSource, Ticker ticker, MeterRegistry meters, ImportsProperties properties) {
        return new ImportTools(
                JdbcClient.create(dataSource),
                new FencedTransaction(dataSource, ticker),
                new PhoneCheck(),
                properties.chunkRows(),
                new ImportMetrics(meters));
    }

    /** The duty by hand, as the wiring and the tests make it. */
    static ImportDuty duty(ImportTools tools, ZoneSeat seat) {
        JdbcImportStore imports = new JdbcImportStore();
        JdbcZoneStore zones = new JdbcZoneStore();
        return new ImportDuty(
                tools,
                imports,
                zones,
                new ChunkWriter(imports, new JdbcContactStore()),
                new ImportCommands(tools.fenced(), new JdbcCommandStore(), imports, zones, seat),
                seat);
    }
}
