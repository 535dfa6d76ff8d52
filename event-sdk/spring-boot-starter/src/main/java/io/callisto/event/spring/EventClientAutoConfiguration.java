package io.callisto.event.spring;

import io.callisto.event.client.ActiveSite;
import io.callisto.event.client.DuplicateStore;
import io.callisto.event.client.ErrorHandler;
import io.callisto.event.client.EventClient;
import io.callisto.event.client.EventClientBuilder;
import io.callisto.event.client.EventClientObserver;
import io.callisto.event.client.PoisonHandler;
import io.callisto.event.client.source.Connector;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Makes {@link CallistoEvents}. Beans of these types are used where there is one: {@link ErrorHandler}, {@link
 * PoisonHandler}, {@link DuplicateStore}, {@link EventClientObserver}, {@link ActiveSite}; a {@link Connector} (the
 * test kit's {@code InMemoryEvents}) takes the place of Kafka; {@link EventClientCustomizer}s have the last word.
 */
@AutoConfiguration
@ConditionalOnProperty(name = "callisto.event-client.enabled", matchIfMissing = true)
@EnableConfigurationProperties(EventClientProperties.class)
public final class EventClientAutoConfiguration {
    /** For Spring. */
    public EventClientAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    CallistoEvents callistoEvents(EventClientProperties properties, BeanFactory beans) {
        return new CallistoEvents(() -> start(properties, beans));
    }

    private static Optional<EventClient> start(EventClientProperties properties, BeanFactory beans) {
        EventClientBuilder builder = EventClient.builder();
        if (!new HandlerBeans(beans).addTo(builder)) {
            LoggerFactory.getLogger(EventClientAutoConfiguration.class)
                    .atInfo()
                    .log("no bean of type EventHandler or EventListener: no event client is started");
            return Optional.empty();
        }
        places(properties, beans, builder);
        settings(properties, builder);
        beans.getBeanProvider(ErrorHandler.class).ifUnique(builder::onError);
        beans.getBeanProvider(PoisonHandler.class).ifUnique(builder::onPoison);
        beans.getBeanProvider(ActiveSite.class).ifUnique(builder::activeSite);
        beans.getBeanProvider(EventClientObserver.class).ifUnique(builder::observer);
        DuplicateStore own = beans.getBeanProvider(DuplicateStore.class).getIfUnique();
        builder.duplicates(own != null ? own : duplicates(properties.duplicates()));
        beans.getBeanProvider(EventClientCustomizer.class)
                .orderedStream()
                .forEach(customizer -> customizer.customize(builder));
        return Optional.of(builder.start());
    }

    private static DuplicateStore duplicates(EventClientProperties.Duplicates settings) {
        return settings.file() == null
                ? DuplicateStore.inMemory(settings.remembered())
                : DuplicateStore.inFile(settings.file(), settings.remembered());
    }

    private static void places(EventClientProperties properties, BeanFactory beans, EventClientBuilder builder) {
        Connector connector = beans.getBeanProvider(Connector.class).getIfUnique();
        if (connector != null) {
            builder.site("bean", connector);
        } else if (properties.bootstrapServers() != null) {
            builder.bootstrapServers(properties.bootstrapServers());
        } else if (properties.sites().isEmpty()) {
            throw new IllegalStateException("there are event handlers, but no address of Kafka: set"
                    + " callisto.event-client.bootstrap-servers=host:port, or callisto.event-client.enabled=false");
        } else {
            properties.sites().forEach(site -> builder.site(site.name(), site.bootstrapServers()));
        }
    }

    private static void settings(EventClientProperties properties, EventClientBuilder builder) {
        if (properties.group() != null) {
            builder.group(properties.group());
        }
        if (properties.name() != null) {
            builder.name(properties.name());
        }
        properties.organisations().forEach(builder::organisation);
        properties.kafka().forEach(builder::kafkaProperty);
        builder.topicNaming(properties.topicNaming())
                .startAt(properties.begin())
                .commit(properties.commit())
                .startup(properties.startup())
                .retry(properties.retry().policy())
                .security(properties.security().security())
                .siteRules(properties.siteRules().rules());
    }
}
