package io.callisto.events.topics;

import io.callisto.ha.Coordinator;
import io.callisto.outbox.kafka.KafkaAddress;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the topics. */
@Configuration(proxyBeanMethods = false)
public class TopicsConfiguration {
    @Bean
    TopicKeepers topicKeepers(
            DataSource dataSource, KafkaAddress kafka, TopicSettings settings, Coordinator coordinator) {
        return () -> new TopicKeeper(
                new JdbcOrganisationStore(dataSource), new KafkaTopics(kafka), kafka, settings, coordinator.ticker());
    }
}
