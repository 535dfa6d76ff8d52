package io.callisto.rules;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The rule engine, alone in its JVM or as a child context of the server's. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(RuleEngineConfiguration.class)
public final class RuleEngineApplication {
    RuleEngineApplication() {}

    /** Starts it alone. */
    public static void main(String[] args) {
        new SpringApplicationBuilder(RuleEngineApplication.class)
                .web(WebApplicationType.NONE)
                .properties("callisto.process=rule-engine")
                .run(args);
    }
}
