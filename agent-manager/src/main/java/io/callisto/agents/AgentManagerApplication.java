package io.callisto.agents;

import io.callisto.agents.zones.ZonesConfiguration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The agent manager: alone in a JVM by {@link #main}, or as a child context of the server. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({AgentManagerConfiguration.class, ZonesConfiguration.class})
public class AgentManagerApplication {

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(AgentManagerApplication.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setDefaultProperties(Map.of(
                "callisto.process", "agent-manager",
                "spring.datasource.hikari.maximum-pool-size", 4,
                "spring.flyway.enabled", false,
                "spring.jmx.enabled", false,
                "spring.main.keep-alive", true));
        application.run(args);
    }
}
