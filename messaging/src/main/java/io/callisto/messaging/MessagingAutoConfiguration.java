package io.callisto.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * The JVM's access to the message brokers: in the parent context where there is one, whose children then find it there,
 * else in the service's own.
 */
@AutoConfiguration
@EnableConfigurationProperties(BrokerProperties.class)
public final class MessagingAutoConfiguration {
    MessagingAutoConfiguration() {}

    /** Closes what it holds, if that needs closing. */
    record OpenWakeUps(WakeUps wakeUps) implements AutoCloseable {
        @Override
        public void close() {
            if (wakeUps instanceof JmsWakeUpsRunner runner) {
                runner.close();
            }
        }
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    OpenWakeUps openWakeUps(BrokerProperties properties, ObjectProvider<MeterRegistry> meters) {
        String url = properties.url();
        if (url == null || url.isBlank()) {
            return new OpenWakeUps(WakeUps.none());
        }
        JmsWakeUpsRunner runner =
                new JmsWakeUpsRunner(new Brokers(url, properties), meters.getIfAvailable(SimpleMeterRegistry::new));
        runner.start();
        return new OpenWakeUps(runner);
    }

    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    WakeUps wakeUps(OpenWakeUps open) {
        return open.wakeUps();
    }

    @Bean
    @ConditionalOnMissingBean
    OrderedSenders orderedSenders(BrokerProperties properties) {
        String url = properties.url();
        return new OrderedSenders(url == null || url.isBlank() ? null : new Brokers(url, properties));
    }
}
