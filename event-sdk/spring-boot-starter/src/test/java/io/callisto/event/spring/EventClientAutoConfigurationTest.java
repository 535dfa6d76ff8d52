package io.callisto.event.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callisto.domain.Requirement;
import io.callisto.event.client.ErrorHandler;
import io.callisto.event.client.EventClientStatus.State;
import io.callisto.event.client.EventContext;
import io.callisto.event.client.EventHandler;
import io.callisto.event.client.EventListener;
import io.callisto.event.contract.AgentEvent;
import io.callisto.event.contract.AttemptEvent;
import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.JobEvent;
import io.callisto.event.testkit.InMemoryEvents;
import io.callisto.event.testkit.SampleEvents;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The starter in an application. */
class EventClientAutoConfigurationTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    EventClientAutoConfiguration.class,
                    EventClientHealthAutoConfiguration.class,
                    EventClientMetricsAutoConfiguration.class));

    private final ApplicationContextRunner app = runner.withUserConfiguration(App.class)
            .withPropertyValues(
                    "callisto.event-client.group=app",
                    "callisto.event-client.start-at=last-position-or-earliest",
                    "callisto.event-client.retry.tries=1",
                    "callisto.event-client.retry.first-wait=5ms");

    /** What an application writes. */
    @Configuration(proxyBeanMethods = false)
    static class App {
        @Bean
        InMemoryEvents events() {
            return new InMemoryEvents();
        }

        @Bean
        Received received() {
            return new Received();
        }

        @Bean
        EventHandler<AttemptEvent> attempts(Received received) {
            return (event, context) -> received.all().add(event);
        }

        @Bean
        EventListener<JobEvent> jobs(Received received) {
            return received.all()::add;
        }

        @Bean
        JobAudit audit(Received received) {
            return new JobAudit(received);
        }
    }

    /** A second handler of the same type, as a class. */
    record JobAudit(Received received) implements EventHandler<JobEvent> {
        @Override
        public void onEvent(JobEvent event, EventContext context) {
            received.audited().add(event);
        }
    }

    /** What came. */
    static final class Received {
        private final List<CallistoEvent> all = new CopyOnWriteArrayList<>();
        private final List<JobEvent> audited = new CopyOnWriteArrayList<>();

        List<CallistoEvent> all() {
            return all;
        }

        List<JobEvent> audited() {
            return audited;
        }
    }

    @Test
    @Requirement("EV-13")
    void beans_get_the_events_of_the_type_they_are_declared_with() {
        app.run(context -> {
            InMemoryEvents events = context.getBean(InMemoryEvents.class);
            SampleEvents samples = new SampleEvents();
            JobEvent job = samples.job(17, null, "QUEUED");
            AttemptEvent attempt = samples.attempt(1, "RESERVED");
            events.publish(job, attempt);
            events.awaitHandled("app", LIMIT);
            Received received = context.getBean(Received.class);
            assertThat(received.all()).containsExactlyInAnyOrder(job, attempt);
            assertThat(received.audited()).containsExactly(job);
            assertThat(context.getBean(CallistoEvents.class).status())
                    .hasValueSatisfying(
                            status -> assertThat(status.counts().handled()).isEqualTo(2));
        });
    }

    @Test
    void the_client_ends_with_the_context_and_a_context_that_is_started_again_has_another() {
        app.run(context -> {
            InMemoryEvents events = context.getBean(InMemoryEvents.class);
            CallistoEvents client = context.getBean(CallistoEvents.class);
            assertThat(client.isRunning()).isTrue();
            await().atMost(LIMIT).until(() -> events.members("app") == 1);
            ConfigurableApplicationContext self = context.getSourceApplicationContext();
            self.stop();
            assertThat(client.isRunning()).isFalse();
            assertThat(events.members("app")).isZero();
            self.start();
            events.publish(new SampleEvents().attempt(1, "RESERVED"));
            events.awaitHandled("app", LIMIT);
            assertThat(context.getBean(Received.class).all()).hasSize(1);
        });
    }

    private static Health told(HealthIndicator indicator) {
        return Objects.requireNonNull(indicator.health());
    }

    @Test
    void health_and_meters_tell_how_it_is() {
        app.run(context -> {
            HealthIndicator health = context.getBean("callistoEventsHealthIndicator", HealthIndicator.class);
            InMemoryEvents events = context.getBean(InMemoryEvents.class);
            await().atMost(LIMIT).until(() -> told(health).getStatus().equals(Status.UP));
            assertThat(told(health).getDetails()).containsEntry("site", "bean").containsEntry("state", State.RUNNING);
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            context.getBean(EventClientMetrics.class).bindTo(registry);
            events.publish(new SampleEvents().attempt(1, "RESERVED"));
            events.awaitHandled("app", LIMIT);
            assertThat(registry.get("callisto.events.handled").functionCounter().count())
                    .isEqualTo(1);
            assertThat(registry.get("callisto.events.healthy").gauge().value()).isEqualTo(1);
            assertThat(registry.get("callisto.events.last.event.age").gauge().value())
                    .isPositive();
            events.lose();
            await().atMost(LIMIT).until(() -> told(health).getStatus().equals(Status.DOWN));
            assertThat(String.valueOf(told(health).getDetails().get("problem"))).contains("lost");
        });
    }

    @Test
    void a_bean_decides_what_becomes_of_errors() {
        app.withBean(ErrorHandler.class, ErrorHandler::skip)
                .withBean("failing", FailingHandler.class)
                .run(context -> {
                    InMemoryEvents events = context.getBean(InMemoryEvents.class);
                    events.publish(new SampleEvents().agent("a1", "READY"));
                    events.awaitHandled("app", LIMIT);
                    assertThat(context.getBean(CallistoEvents.class).status())
                            .hasValueSatisfying(status ->
                                    assertThat(status.counts().skipped()).isEqualTo(1));
                });
    }

    /** Cannot do it. */
    static final class FailingHandler implements EventListener<AgentEvent> {
        @Override
        public void onEvent(AgentEvent event) {
            throw new IllegalStateException("never");
        }
    }

    @Test
    void without_handlers_there_is_no_client_and_no_need_of_kafka() {
        runner.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(CallistoEvents.class).client()).isEmpty();
        });
    }

    @Test
    void handlers_without_an_address_are_refused_with_what_to_set() {
        runner.withBean(FailingHandler.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("callisto.event-client.bootstrap-servers=host:port"));
    }

    @Test
    void switched_off_there_is_nothing() {
        app.withPropertyValues("callisto.event-client.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(CallistoEvents.class)
                        .doesNotHaveBean("callistoEventsHealthIndicator"));
    }

    @Test
    void an_own_bean_takes_the_place_of_the_client() {
        CallistoEvents own = new CallistoEvents(Optional::empty);
        app.withBean("own", CallistoEvents.class, () -> own)
                .run(context ->
                        assertThat(context.getBean(CallistoEvents.class)).isSameAs(own));
    }

    @Test
    void it_works_without_actuator_and_micrometer() {
        app.withClassLoader(new FilteredClassLoader("org.springframework.boot.health", "io.micrometer"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(CallistoEvents.class));
    }

    @Test
    void wrong_properties_are_refused_with_their_name() {
        refused("callisto.event-client.start-at=yesterday", "yesterday");
        refused("callisto.event-client.commit=SOMETIMES", "callisto.event-client.commit");
        refused("callisto.event-client.security.certificate=client.crt", "belong together");
        refused("callisto.event-client.sites[0].name=east", "bootstrap-servers or .sites");
        refused("callisto.event-client.retry.factor=0", "factor >= 1");
        refused("callisto.event-client.kafka.isolation.level=read_uncommitted", "isolation.level cannot be set");
    }

    private void refused(String property, String because) {
        runner.withBean(FailingHandler.class)
                .withPropertyValues("callisto.event-client.bootstrap-servers=localhost:1", property)
                .run(context -> assertThat(context.getStartupFailure())
                        .as(property)
                        .isNotNull()
                        .hasStackTraceContaining(because));
    }

    @Test
    void all_properties_reach_the_client() {
        runner.withBean(FailingHandler.class)
                .withPropertyValues(
                        "callisto.event-client.sites[0].name=east",
                        "callisto.event-client.sites[0].bootstrap-servers=localhost:1",
                        "callisto.event-client.sites[1].name=west",
                        "callisto.event-client.sites[1].bootstrap-servers=localhost:2",
                        "callisto.event-client.name=my-app",
                        "callisto.event-client.organisations=0,7",
                        "callisto.event-client.topic-naming=POM_3",
                        "callisto.event-client.start-at=5m",
                        "callisto.event-client.commit=EACH",
                        "callisto.event-client.startup=WAIT",
                        "callisto.event-client.site-rules.replay=true",
                        "callisto.event-client.site-rules.go-back-after=5m",
                        "callisto.event-client.duplicates.remembered=10",
                        "callisto.event-client.kafka.fetch.max.wait.ms=100")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(CallistoEvents.class).status())
                            .hasValueSatisfying(status -> assertThat(status.sites())
                                    .extracting("name")
                                    .containsExactly("east", "west"));
                    EventClientProperties properties = context.getBean(EventClientProperties.class);
                    assertThat(properties.organisations()).containsExactlyInAnyOrder(0, 7);
                    assertThat(properties.kafka()).containsEntry("fetch.max.wait.ms", "100");
                    assertThat(properties.siteRules().rules().goBackAfter()).isEqualTo(Duration.ofMinutes(5));
                });
    }
}
