package io.callisto.cache.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

class IgniteNodeAutoConfigurationTest {
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Service {}

    @Test
    void without_a_cache_everything_is_there_but_the_node() {
        try (ConfigurableApplicationContext context = run("callisto.cache.enabled=false")) {
            assertThat(context.getBean(IgniteNode.class).ready()).isEmpty();
            assertThat(context.getBean(ContactQueueCache.class)).isNotNull();
            assertThat(context.getBean(CacheGeneration.class).read()).isEmpty();
        }
    }

    @Test
    void a_child_context_uses_the_node_of_its_parent() {
        try (GenericApplicationContext parent = new GenericApplicationContext()) {
            IgniteNode ofTheJvm = Optional::empty;
            parent.registerBean(IgniteNode.class, () -> ofTheJvm);
            parent.refresh();
            try (ConfigurableApplicationContext child = new SpringApplicationBuilder(Service.class)
                    .web(WebApplicationType.NONE)
                    .parent(parent)
                    .run()) {
                assertThat(child.getBean(IgniteNode.class)).isSameAs(ofTheJvm);
                assertThat(child.containsLocalBean("igniteNode")).isFalse();
            }
        }
    }

    @Test
    void settings_are_mapped_and_what_is_missing_is_said() {
        assertThatThrownBy(() -> run().close()).hasStackTraceContaining("callisto.cache.discovery");
        assertThatThrownBy(() -> run("callisto.cache.discovery=127.0.0.1:1").close())
                .hasStackTraceContaining("callisto.cache.communication-port");
        try (ConfigurableApplicationContext context = run(
                "callisto.cache.enabled=false",
                "callisto.cache.role=client",
                "callisto.cache.discovery=h1:1,h2:2",
                "callisto.cache.port=3",
                "callisto.cache.communication-port=4",
                "callisto.cache.failure-detection=2s")) {
            CacheProperties properties = context.getBean(CacheProperties.class);
            assertThat(properties.role()).isEqualTo(CacheRole.CLIENT);
            assertThat(properties.discovery()).containsExactly("h1:1", "h2:2");
            assertThat(properties.port()).isEqualTo(3);
            assertThat(properties.communicationPort()).isEqualTo(4);
            assertThat(properties.failureDetection()).hasSeconds(2);
            assertThat(properties.maxWaiting()).isEqualTo(50_000);
        }
    }

    private static ConfigurableApplicationContext run(String... properties) {
        return new SpringApplicationBuilder(Service.class)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off")
                .properties(properties)
                .run();
    }
}
