package io.callisto.console;

import io.callisto.console.aggregator.AggregatorOrdersConfiguration;
import io.callisto.console.audit.AuditConfiguration;
import io.callisto.console.campaigns.CampaignsConfiguration;
import io.callisto.console.cluster.ClusterConfiguration;
import io.callisto.console.commands.CommandsConfiguration;
import io.callisto.console.contacts.ContactsConfiguration;
import io.callisto.console.donotcall.DoNotCallConfiguration;
import io.callisto.console.eventstream.EventStreamConfiguration;
import io.callisto.console.idempotency.IdempotencyConfiguration;
import io.callisto.console.jobs.JobsConfiguration;
import io.callisto.console.openapi.OpenApiConfiguration;
import io.callisto.console.problem.ProblemConfiguration;
import io.callisto.console.security.SecurityConfiguration;
import io.callisto.console.strategies.StrategiesConfiguration;
import io.callisto.console.tenants.TenantsConfiguration;
import io.callisto.console.trust.TrustConfiguration;
import io.callisto.console.zones.ZonesConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

/**
 * The console: REST API, on every server. Runs alone or as a child context with a web server of its own ({@code
 * server.port}).
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@PropertySource("classpath:io/callisto/console/console-defaults.properties")
@Import({
    ConsoleConfiguration.class,
    ProblemConfiguration.class,
    SecurityConfiguration.class,
    AuditConfiguration.class,
    IdempotencyConfiguration.class,
    CommandsConfiguration.class,
    ContactsConfiguration.class,
    StrategiesConfiguration.class,
    CampaignsConfiguration.class,
    JobsConfiguration.class,
    DoNotCallConfiguration.class,
    ZonesConfiguration.class,
    ClusterConfiguration.class,
    TenantsConfiguration.class,
    TrustConfiguration.class,
    EventStreamConfiguration.class,
    AggregatorOrdersConfiguration.class,
    OpenApiConfiguration.class,
})
public class ConsoleApplication {
    /** Starts the console alone in this JVM. */
    public static void main(String[] args) {
        SpringApplication.run(ConsoleApplication.class, args);
    }
}
