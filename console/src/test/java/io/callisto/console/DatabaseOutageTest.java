package io.callisto.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import io.callisto.ha.FakeCoordinator;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A console whose way to the database is cut and mended. */
final class DatabaseOutageTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @Test
    void requests_are_answered_503_in_time_while_the_database_is_away_and_normally_once_it_is_back() throws Exception {
        JdbcClient.create(DB.dataSource())
                .sql("insert into app_user (name, password_hash, role) values ('root', '{noop}opensesame', 'ADMIN')")
                .update();
        try (CuttableTunnel tunnel = new CuttableTunnel(DB.jdbcUrl());
                AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext()) {
            parent.registerBean(FakeCoordinator.class, () -> new FakeCoordinator("s1", System::nanoTime));
            parent.refresh();
            tunnel.cut();
            try (ConfigurableApplicationContext console = new SpringApplicationBuilder(ConsoleApplication.class)
                    .parent(parent)
                    .run(
                            "--server.port=0",
                            "--spring.datasource.url=" + tunnel.jdbcUrl(),
                            "--spring.datasource.password=callisto")) {
                int port = Objects.requireNonNull(((WebServerApplicationContext) console).getWebServer())
                        .getPort();
                Rest root = new Rest("http://127.0.0.1:" + port, "root", "opensesame");
                expectOutage(root);
                tunnel.mend();
                expectService(root);
                tunnel.cut();
                expectOutage(root);
                tunnel.mend();
                expectService(root);
            }
        }
    }

    /** The pool's back-off between two tries to connect grows to 10 s during a long outage. */
    private static void expectService(Rest root) {
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> root.get("/api/v1/jobs").status() == 200);
    }

    private static void expectOutage(Rest root) {
        Instant before = Instant.now();
        Rest.Answer answer = root.get("/api/v1/jobs");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("database-unavailable");
        assertThat(answer.header("Retry-After")).isEqualTo("2");
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(root.get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(root.get("/actuator/health/readiness").status()).isEqualTo(503);
    }
}
