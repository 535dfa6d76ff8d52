package io.callisto.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import io.callisto.ha.Coordinator;
import io.callisto.ha.FakeCoordinator;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The console alone in its JVM, on an empty installation. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        classes = {ConsoleApplication.class, ConsoleWiringTest.FakeCluster.class},
        properties = {"callisto.console.initial-admin=chief", "callisto.console.initial-admin-password=first-of-all"})
final class ConsoleWiringTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", DB::jdbcUrl);
        properties.add("spring.datasource.username", DB::user);
        properties.add("spring.datasource.password", DB::password);
    }

    /** Instead of ha-coordinator's own. */
    @Configuration(proxyBeanMethods = false)
    static class FakeCluster {
        @Bean
        Coordinator coordinator() {
            return new FakeCoordinator("s1", System::nanoTime);
        }
    }

    private final int port;
    private final FakeCoordinator coordinator;

    ConsoleWiringTest(
            @LocalServerPort int port,
            @org.springframework.beans.factory.annotation.Autowired Coordinator coordinator) {
        this.port = port;
        this.coordinator = (FakeCoordinator) coordinator;
    }

    @Test
    void publishes_its_url_once_the_web_server_is_up() {
        assertThat(coordinator.services()).containsExactly("console");
        assertThat(coordinator.published("console")).isEqualTo(Map.of("console", "http://127.0.0.1:" + port));
    }

    @Test
    void makes_the_first_administrator_of_an_empty_installation() {
        Rest chief = new Rest("http://127.0.0.1:" + port, "chief", "first-of-all");
        assertThat(chief.get("/api/v1/users").json().path("items").size()).isEqualTo(1);
        assertThat(new Rest("http://127.0.0.1:" + port, "chief", "guess")
                        .get("/api/v1/users")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void tells_its_health_to_anybody_and_nothing_else() {
        Rest nobody = new Rest("http://127.0.0.1:" + port);
        assertThat(nobody.get("/actuator/health").json().path("status").asString())
                .as("no server looks after the events yet")
                .isEqualTo("DEGRADED");
        JdbcClient.create(DB.dataSource())
                .sql("update event_backlog set measured_at = clock_timestamp()")
                .update();
        assertThat(nobody.get("/actuator/health").json().path("status").asString())
                .isEqualTo("UP");
        assertThat(nobody.get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(nobody.get("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(nobody.get("/actuator/prometheus").problem()).isEqualTo("unauthenticated");
        assertThat(new Rest("http://127.0.0.1:" + port, "chief", "first-of-all")
                        .get("/actuator/prometheus")
                        .text())
                .contains("jvm_memory_used_bytes");
    }
}
