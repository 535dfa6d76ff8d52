package io.callisto.console.jobs;

import io.callisto.console.commands.JdbcCommandStore;
import io.callisto.console.counting.CountMemory;
import io.callisto.console.idempotency.IdempotentRequests;
import io.callisto.domain.IdGenerator;
import io.callisto.domain.Ticker;
import io.callisto.event.contract.EventJson;
import io.callisto.outbox.JdbcOutboxStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wiring of jobs. */
@Configuration(proxyBeanMethods = false)
public class JobsConfiguration {
    @Bean
    JobsController jobsController(
            JdbcClient jdbc,
            JdbcCommandStore commands,
            IdempotentRequests requests,
            IdGenerator ids,
            Ticker ticker,
            Environment environment) {
        int shards = environment.getProperty(JdbcOutboxStore.SHARDS_PROPERTY, Integer.class, 1);
        JdbcJobStore jobs = new JdbcJobStore(jdbc);
        JobStarter starter = new JobStarter(jobs, jdbc, new JdbcOutboxStore(shards), new EventJson(), ids);
        return new JobsController(
                starter, jobs, new JdbcAttemptStore(jdbc), commands, requests, new CountMemory<>(ticker));
    }
}
