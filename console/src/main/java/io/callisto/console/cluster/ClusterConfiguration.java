package io.callisto.console.cluster;

import io.callisto.console.audit.AuditedWrites;
import io.callisto.console.settings.ConsoleProperties;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Wiring of the cluster's view. */
@Configuration(proxyBeanMethods = false)
public class ClusterConfiguration {
    private static final Duration SKEW_LIMIT = Duration.ofSeconds(1);

    @Bean
    ClusterController clusterController(
            JdbcClient jdbc,
            JsonMapper json,
            AuditedWrites writes,
            ConsoleProperties properties,
            Environment environment) {
        // The coordinators warn from the same limit on.
        Duration skewLimit = environment.getProperty("callisto.ha.clock-skew-limit", Duration.class, SKEW_LIMIT);
        return new ClusterController(new JdbcClusterStore(jdbc, json), writes, properties.nodeSilentAfter(), skewLimit);
    }
}
