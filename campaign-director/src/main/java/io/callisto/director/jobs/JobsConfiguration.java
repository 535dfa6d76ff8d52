package io.callisto.director.jobs;

import io.callisto.director.allocation.Allocator;
import io.callisto.director.command.JdbcCommandStore;
import io.callisto.director.statistics.JobStatistics;
import io.callisto.director.statistics.StatisticsProperties;
import io.callisto.director.zones.ZoneRemoval;
import io.callisto.domain.IdGenerator;
import io.callisto.domain.Ticker;
import io.callisto.event.contract.EventJson;
import io.callisto.ha.Coordinator;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.ServiceHandle;
import io.callisto.messaging.WakeUps;
import io.callisto.outbox.OutboxWriter;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wiring of the common director. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({JobsProperties.class, StatisticsProperties.class})
public class JobsConfiguration {

    @Bean
    CommonDirectorRunner commonDirector(
            ServiceHandle directorHandle,
            Coordinator coordinator,
            DataSource dataSource,
            OutboxWriter directorOutbox,
            IdGenerator ids,
            JobsProperties properties,
            StatisticsProperties statistics) {
        return new CommonDirectorRunner(
                directorHandle,
                properties.idle(),
                properties.failBack(),
                (lease, wakeUp) -> duty(dataSource, coordinator.ticker(), directorOutbox, ids, properties, statistics),
                () -> duty(dataSource, coordinator.ticker(), directorOutbox, ids, properties, statistics)
                        .rehearse());
    }

    @Bean(destroyMethod = "close")
    WakeUps.Subscription commonDirectorWakeUps(WakeUps wakeUps, CommonDirectorRunner commonDirector) {
        return wakeUps.onWakeUp(commonDirector::wakeUp);
    }

    /** The duty by hand, as the wiring and the tests make it. */
    static JobDuty duty(
            DataSource dataSource,
            Ticker ticker,
            OutboxWriter outbox,
            IdGenerator ids,
            JobsProperties properties,
            StatisticsProperties statisticsProperties) {
        JdbcClient reads = JdbcClient.create(dataSource);
        FencedTransaction fenced = new FencedTransaction(dataSource, ticker);
        JdbcJobStore jobs = new JdbcJobStore();
        EventJson json = new EventJson();
        JobStatistics statistics = new JobStatistics(reads, fenced, outbox, ids, json, ticker, statisticsProperties);
        JobLedger ledger = new JobLedger(jobs, outbox, ids, json, statistics);
        return new JobDuty(
                reads,
                jobs,
                new JobDuty.Steps(
                        new JobCommands(fenced, new JdbcCommandStore(), jobs, ledger, properties.commandBatch()),
                        new JobFilter(reads, fenced, jobs, new JdbcFilterStore(), ledger, properties.filterChunk()),
                        new JobSweep(reads, fenced, jobs, ledger, properties.closeChunk()),
                        new Allocator(fenced),
                        new ZoneRemoval(fenced),
                        statistics),
                ticker,
                properties.sweepInterval());
    }
}
