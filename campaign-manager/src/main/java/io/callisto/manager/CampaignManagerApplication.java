package io.callisto.manager;

import io.callisto.manager.allocation.AllocationConfiguration;
import io.callisto.manager.dialing.DialingConfiguration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The campaign manager: dials the jobs that the director allocates to its server. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({DialingConfiguration.class, AllocationConfiguration.class})
public class CampaignManagerApplication {

    /** Runs the service in a JVM of its own. */
    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(CampaignManagerApplication.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setDefaultProperties(Map.of(
                "callisto.process",
                AllocationConfiguration.SERVICE,
                "spring.datasource.hikari.maximum-pool-size",
                4,
                "spring.jmx.enabled",
                false,
                "spring.main.keep-alive",
                true));
        application.run(args);
    }
}
