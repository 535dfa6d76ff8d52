package io.callisto.gateway;

import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Import;

/**
 * The media gateway: infrastructure, so always a process of its own. It needs a directory and a port and nothing else,
 * no
 * auto-configuration either.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import(GatewayConfiguration.class)
public class MediaGatewayApplication {
    /** Boot's own leaves out the keys beside a message, which say what it is about. */
    private static final String CONSOLE_PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %5p [%t] %logger{0} : %m %kvp%n%wEx";

    public static void main(String[] args) {
        application().run(args);
    }

    static SpringApplication application() {
        SpringApplication application = new SpringApplication(MediaGatewayApplication.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setKeepAlive(true);
        application.setDefaultProperties(
                Map.of("spring.jmx.enabled", "false", "logging.pattern.console", CONSOLE_PATTERN));
        return application;
    }
}
