package io.callisto.console.cluster;

import io.callisto.console.idempotency.IdempotentRequests;
import io.callisto.console.settings.ConsoleProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Wiring of the cluster's view. */
@Configuration(proxyBeanMethods = false)
public class ClusterConfiguration {
    @Bean
    ClusterController clusterController(
            JdbcClient jdbc,
            JsonMapper json,
            IdempotentRequests requests,
            TransactionTemplate transaction,
            ConsoleProperties properties) {
        return new ClusterController(
                new JdbcClusterStore(jdbc, json), requests, transaction, properties.nodeSilentAfter());
    }
}
