package io.callisto.director;

import io.callisto.director.imports.ImportsConfiguration;
import io.callisto.director.jobs.JobsConfiguration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The campaign director: alone in a JVM by {@link #main}, or as a child context of the server. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({DirectorConfiguration.class, JobsConfiguration.class, ImportsConfiguration.class})
public class CampaignDirectorApplication {

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(CampaignDirectorApplication.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setDefaultProperties(Map.of(
                "callisto.process", "campaign-director",
                "spring.datasource.hikari.maximum-pool-size", 4,
                "spring.flyway.enabled", false,
                "spring.jmx.enabled", false,
                "spring.main.keep-alive", true));
        application.run(args);
    }
}
