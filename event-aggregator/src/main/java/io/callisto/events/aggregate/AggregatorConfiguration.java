package io.callisto.events.aggregate;

import io.callisto.event.contract.TopicNaming;
import io.callisto.events.relay.StreamSettings;
import io.callisto.ha.Coordinator;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.ServiceHandle;
import io.callisto.outbox.JdbcOutboxStore;
import io.callisto.outbox.kafka.KafkaAddress;
import io.callisto.outbox.relay.RelaySettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the aggregator. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AggregatorProperties.class)
public class AggregatorConfiguration {
    @Bean(destroyMethod = "close")
    EventSources eventSources(
            KafkaAddress kafka,
            RelaySettings relay,
            DataSource dataSource,
            Coordinator coordinator,
            AggregatorProperties properties) {
        // Where events are published under two names, either of them will do.
        TopicNaming naming = relay.names().namings().get(0);
        JdbcShardStore organisations = new JdbcShardStore(0);
        JdbcClient reads = JdbcClient.create(dataSource);
        return new EventSources(
                shard -> new KafkaEventSource(
                        kafka, naming, properties.consumerName() + "-" + shard, properties.batch()),
                () -> organisations.organisations(reads),
                coordinator.ticker());
    }

    @Bean
    AggregatorRolesRunner aggregatorRoles(
            ServiceHandle service,
            EventSources sources,
            FencedTransaction fenced,
            DataSource dataSource,
            StreamSettings stream,
            Coordinator coordinator,
            ObjectProvider<MeterRegistry> registries,
            AggregatorProperties properties) {
        MeterRegistry registry = registries.getIfAvailable(SimpleMeterRegistry::new);
        List<AggregatorMetrics> metrics = IntStream.range(0, properties.shards())
                .mapToObj(shard -> new AggregatorMetrics(registry, shard))
                .toList();
        AggregatorDuties duties = new AggregatorDuties(
                dataSource,
                fenced,
                new JdbcOutboxStore(stream.shards()),
                sources,
                properties.settings(),
                new LagWatch(Clock.systemUTC()),
                coordinator.ticker());
        return new AggregatorRolesRunner(
                service, properties.shards(), shard -> duties.duty(shard, metrics.get(shard)), sources);
    }
}
