package io.callisto.events.relay;

import io.callisto.events.standby.StandByRunner;
import io.callisto.events.topics.TopicKeepers;
import io.callisto.ha.Coordinator;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.RoleDuty;
import io.callisto.ha.ServiceHandle;
import io.callisto.outbox.backlog.BacklogLimits;
import io.callisto.outbox.backlog.BacklogWatch;
import io.callisto.outbox.backlog.BacklogWatchRunner;
import io.callisto.outbox.backlog.JdbcBacklogStore;
import io.callisto.outbox.kafka.JdbcProducerSettingsStore;
import io.callisto.outbox.kafka.KafkaAddress;
import io.callisto.outbox.kafka.KafkaEventLog;
import io.callisto.outbox.relay.EventLog;
import io.callisto.outbox.relay.Gathering;
import io.callisto.outbox.relay.JdbcRelayStore;
import io.callisto.outbox.relay.OutboxRelayDuty;
import io.callisto.outbox.relay.RelayMetrics;
import io.callisto.outbox.relay.RelaySettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the relays. */
@Configuration(proxyBeanMethods = false)
public class RelayConfiguration {
    /** Well below the time after which connections that nobody uses are closed. */
    private static final Duration STAND_BY_REFRESH = Duration.ofSeconds(15);

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
            Gathering gathering,
            Coordinator coordinator,
            ObjectProvider<MeterRegistry> registries) {
        MeterRegistry registry = registries.getIfAvailable(SimpleMeterRegistry::new);
        List<RelayMetrics> metrics = IntStream.range(0, stream.shards())
                .mapToObj(shard -> new RelayMetrics(registry, shard, gathering))
                .toList();
        return new RelayDuties(shard -> new OutboxRelayDuty(
                shard, new JdbcRelayStore(fenced, shard), log, settings, metrics.get(shard), coordinator.ticker()));
    }

    @Bean
    EventRolesRunner eventRoles(
            ServiceHandle service,
            RelayDuties relays,
            TopicKeepers topics,
            KafkaEventLog log,
            StreamSettings settings,
            Gathering gathering,
            Coordinator coordinator) {
        StandByRunner standBy = new StandByRunner("outbox", settings.shards(), STAND_BY_REFRESH, log::standBy);
        Notices changes = new Notices(new AtomicInteger(), log::settingsChanged);
        IntFunction<RoleDuty> duties = shard -> new EventStreamDuty(
                relays.relay().apply(shard),
                shard == 0 ? topics.open() : null,
                standBy.ready(shard),
                changes.organisations()::get,
                settings.organisationCheck(),
                coordinator.ticker());
        return new EventRolesRunner(service, settings, gathering, duties, standBy, changes);
    }

    /** On every server, whoever owns the outbox: nobody may be left to see that nobody does. */
    @Bean(initMethod = "start", destroyMethod = "close")
    BacklogWatchRunner backlogWatch(
            DataSource dataSource, BacklogLimits limits, ObjectProvider<MeterRegistry> registries) {
        BacklogWatchRunner watch = new BacklogWatchRunner(new BacklogWatch(new JdbcBacklogStore(dataSource), limits));
        OutboxMetrics.register(registries.getIfAvailable(SimpleMeterRegistry::new), watch::last);
        return watch;
    }

    /**
     * Makes relays.
     *
     * @param relay by shard
     */
    record RelayDuties(IntFunction<RoleDuty> relay) {}
}
