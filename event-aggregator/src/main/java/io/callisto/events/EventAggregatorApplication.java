package io.callisto.events;

import io.callisto.events.aggregate.AggregatorConfiguration;
import io.callisto.events.publication.PublicationConfiguration;
import io.callisto.events.relay.RelayConfiguration;
import io.callisto.events.topics.TopicsConfiguration;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The event aggregator, alone in its JVM or as a child context of the server's. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    EventsConfiguration.class,
    TopicsConfiguration.class,
    RelayConfiguration.class,
    PublicationConfiguration.class,
    AggregatorConfiguration.class
})
public class EventAggregatorApplication {

    /** Starts it alone. */
    public static void main(String[] args) {
        new SpringApplicationBuilder(EventAggregatorApplication.class)
                .web(WebApplicationType.NONE)
                .properties(Map.of(
                        "callisto.process", "event-aggregator",
                        "spring.flyway.enabled", false,
                        "spring.jmx.enabled", false,
                        "spring.main.keep-alive", true))
                .run(args);
    }
}
