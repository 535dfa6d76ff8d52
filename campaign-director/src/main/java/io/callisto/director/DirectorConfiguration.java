package io.callisto.director;

import io.callisto.ha.Coordinator;
import io.callisto.ha.ServiceHandle;
import io.callisto.outbox.JdbcOutboxStore;
import io.callisto.outbox.OutboxWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** What the director's features share. */
@Configuration(proxyBeanMethods = false)
class DirectorConfiguration {

    @Bean(destroyMethod = "close")
    ServiceHandle directorHandle(Coordinator coordinator) {
        return coordinator.register("campaign-director");
    }

    @Bean
    OutboxWriter directorOutbox(Environment environment) {
        return new JdbcOutboxStore(environment.getProperty(JdbcOutboxStore.SHARDS_PROPERTY, Integer.class, 1));
    }
}
