package io.callisto.events;

import com.zaxxer.hikari.HikariDataSource;
import io.callisto.events.relay.StreamSettings;
import io.callisto.events.topics.TopicSettings;
import io.callisto.events.topics.TopicShape;
import io.callisto.ha.Coordinator;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.ServiceHandle;
import io.callisto.outbox.backlog.BacklogLimits;
import io.callisto.outbox.kafka.KafkaAddress;
import io.callisto.outbox.relay.Gathering;
import io.callisto.outbox.relay.RelaySettings;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the features share; the coordinator comes from the parent context, or from auto-configuration. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({KafkaProperties.class, EventsProperties.class, OutboxProperties.class})
class EventsConfiguration {
    private static final int CONNECTIONS = 4;
    private static final long CONNECTION_TIMEOUT_MILLIS = 3_000;

    /** A pool of this service alone; it starts without the database and connects when it is there. */
    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(DataSourceProperties properties) {
        HikariDataSource pool = properties
                .initializeDataSourceBuilder()
                .type(HikariDataSource.class)
                .build();
        pool.setPoolName("event-aggregator");
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        pool.setInitializationFailTimeout(-1);
        return pool;
    }

    @Bean
    FencedTransaction fencedTransaction(DataSource dataSource, Coordinator coordinator) {
        return new FencedTransaction(dataSource, coordinator.ticker());
    }

    @Bean(destroyMethod = "close")
    ServiceHandle serviceHandle(Coordinator coordinator) {
        return coordinator.register("event-aggregator");
    }

    @Bean
    KafkaAddress kafkaAddress(KafkaProperties kafka) {
        return new KafkaAddress(kafka.bootstrapServers(), kafka.client());
    }

    @Bean
    TopicSettings topicSettings(KafkaProperties kafka, EventsProperties events, OutboxProperties outbox) {
        TopicShape general = new TopicShape(
                events.partitions(), events.retention(), kafka.replicationFactor(), kafka.minInsyncReplicas());
        return new TopicSettings(
                general,
                events.shapes(general),
                outbox.shards(),
                events.topicNaming(),
                events.removeTopicsOfDeletedOrganisations(),
                events.correctRetention());
    }

    @Bean
    RelaySettings relaySettings(EventsProperties events) {
        return new RelaySettings(
                events.batchRows(), events.retry(), events.retry(), events.topicNaming(), events.statisticsGather());
    }

    @Bean
    BacklogLimits backlogLimits(OutboxProperties outbox) {
        return new BacklogLimits(outbox.lateAfter(), outbox.fullRows());
    }

    @Bean
    StreamSettings streamSettings(EventsProperties events, OutboxProperties outbox) {
        return new StreamSettings(outbox.shards(), events.idle(), events.organisationCheck());
    }

    @Bean
    Gathering gathering(EventsProperties events) {
        return new Gathering(events.gather(), events.gatherMost(), events.gatherRows());
    }
}
