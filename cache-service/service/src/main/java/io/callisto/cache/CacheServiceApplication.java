package io.callisto.cache;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The cache service, alone in its JVM or as a child context of the server's. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(CacheServiceConfiguration.class)
public final class CacheServiceApplication {
    CacheServiceApplication() {}

    /** Starts it alone. */
    public static void main(String[] args) {
        new SpringApplicationBuilder(CacheServiceApplication.class)
                .web(WebApplicationType.NONE)
                .properties("callisto.process=cache-service")
                .run(args);
    }
}
