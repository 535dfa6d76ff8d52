package io.callisto.events.topics;

import io.callisto.ha.Coordinator;
import io.callisto.outbox.kafka.KafkaAddress;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the topics. */
@Configuration(proxyBeanMethods = false)
public class TopicsConfiguration {
    @Bean
    TopicKeepers topicKeepers(
            DataSource dataSource,
            KafkaAddress kafka,
            TopicSettings settings,
            Coordinator coordinator,
            ObjectProvider<MeterRegistry> registries) {
        JdbcOrganisationStore store = new JdbcOrganisationStore(dataSource);
        TopicReport report = new TopicReport(store, registries.getIfAvailable(SimpleMeterRegistry::new));
        return () -> new TopicKeeper(store, new KafkaTopics(kafka), kafka, settings, report, coordinator.ticker());
    }
}
