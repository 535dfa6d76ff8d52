package io.callisto.events.relay;

import io.callisto.events.topics.TopicKeepers;
import io.callisto.ha.Coordinator;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.RoleDuty;
import io.callisto.ha.ServiceHandle;
import io.callisto.outbox.kafka.JdbcProducerSettingsStore;
import io.callisto.outbox.kafka.KafkaAddress;
import io.callisto.outbox.kafka.KafkaEventLog;
import io.callisto.outbox.relay.EventLog;
import io.callisto.outbox.relay.JdbcRelayStore;
import io.callisto.outbox.relay.OutboxRelayDuty;
import io.callisto.outbox.relay.RelayMetrics;
import io.callisto.outbox.relay.RelaySettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the relays. */
@Configuration(proxyBeanMethods = false)
public class RelayConfiguration {
    @Bean(destroyMethod = "close")
    KafkaEventLog eventLog(KafkaAddress kafka, DataSource dataSource, Coordinator coordinator) {
        return new KafkaEventLog(kafka, new JdbcProducerSettingsStore(dataSource), coordinator.ticker());
    }

    @Bean
    RelayDuties relayDuties(
            FencedTransaction fenced,
            EventLog log,
            RelaySettings settings,
            StreamSettings stream,
            Coordinator coordinator,
            ObjectProvider<MeterRegistry> registries) {
        MeterRegistry registry = registries.getIfAvailable(SimpleMeterRegistry::new);
        List<ShardMetrics> metrics = IntStream.range(0, stream.shards())
                .mapToObj(shard ->
                        new ShardMetrics(new RelayMetrics(registry, shard), new OutboxMetrics(registry, shard)))
                .toList();
        return new RelayDuties(
                shard -> new OutboxRelayDuty(
                        shard,
                        new JdbcRelayStore(fenced, shard),
                        log,
                        settings,
                        metrics.get(shard).relay(),
                        coordinator.ticker()),
                metrics);
    }

    @Bean
    EventRolesRunner eventRoles(
            ServiceHandle service,
            RelayDuties relays,
            TopicKeepers topics,
            EventLog log,
            DataSource dataSource,
            StreamSettings settings,
            Coordinator coordinator) {
        JdbcOutboxStateStore states = new JdbcOutboxStateStore(dataSource);
        StandByRunner standBy = new StandByRunner(log, settings.shards());
        IntFunction<RoleDuty> duties = shard -> {
            OutboxMetrics metrics = relays.metrics().get(shard).outbox();
            return new EventStreamDuty(
                    relays.relay().apply(shard),
                    shard == 0 ? topics.open() : null,
                    standBy.ready(shard),
                    () -> metrics.show(states.state(shard)),
                    () -> metrics.show(OutboxState.EMPTY),
                    settings.organisationCheck(),
                    coordinator.ticker());
        };
        return new EventRolesRunner(service, settings, duties, standBy);
    }

    /** Meters of a shard; registered once, whoever owns the shard. */
    record ShardMetrics(RelayMetrics relay, OutboxMetrics outbox) {}

    /**
     * Makes relays.
     *
     * @param relay by shard
     * @param metrics by shard
     */
    record RelayDuties(IntFunction<RoleDuty> relay, List<ShardMetrics> metrics) {}
}
