package io.callisto.events.publication;

import io.callisto.ha.Coordinator;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.ServiceHandle;
import io.callisto.messaging.OrderedSender;
import io.callisto.messaging.OrderedSenders;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the publication. Without a configured broker nobody stands for it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PublicationProperties.class)
public class PublicationConfiguration {
    private static final Logger log = LoggerFactory.getLogger(PublicationConfiguration.class);

    /** Nothing, or the role. */
    record PublicationRole(Optional<PublicationRoleRunner> runner) implements SmartLifecycle {
        @Override
        public void start() {
            runner.ifPresent(PublicationRoleRunner::start);
        }

        @Override
        public void stop() {
            runner.ifPresent(PublicationRoleRunner::stop);
        }

        @Override
        public boolean isRunning() {
            return runner.isPresent() && runner.get().isRunning();
        }
    }

    @Bean
    PublicationRole publicationRole(
            ServiceHandle service,
            Coordinator coordinator,
            FencedTransaction fenced,
            DataSource dataSource,
            OrderedSenders senders,
            ObjectProvider<MeterRegistry> meters,
            PublicationProperties properties) {
        if (senders.to(properties.queue(), properties.timeToLive()).isEmpty()) {
            log.atInfo().log("no message broker is configured: results that are to be published wait");
            return new PublicationRole(Optional.empty());
        }
        PublicationMetrics metrics = new PublicationMetrics(meters.getIfAvailable(SimpleMeterRegistry::new));
        return new PublicationRole(Optional.of(new PublicationRoleRunner(service, properties.idle(), (lease, wake) -> {
            OrderedSender sender =
                    senders.to(properties.queue(), properties.timeToLive()).orElseThrow();
            return new PublicationDuty(
                    JdbcClient.create(dataSource),
                    fenced,
                    new JdbcPublicationStore(),
                    sender,
                    properties,
                    metrics,
                    coordinator.ticker());
        })));
    }
}
