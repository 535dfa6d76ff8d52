package io.callisto.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.ha.Coordinator;
import io.callisto.ha.FakeCoordinator;
import io.callisto.manager.dialing.JobRows;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

class CampaignManagerApplicationTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @Configuration(proxyBeanMethods = false)
    static class Parent {
        @Bean
        FakeCoordinator coordinator() {
            return new FakeCoordinator("s1", System::nanoTime);
        }
    }

    @Test
    @Requirement("CM-1")
    void as_a_child_context_it_stands_for_exactly_the_open_jobs_that_are_allocated_to_its_server() {
        try (ConfigurableApplicationContext parent = new SpringApplicationBuilder(Parent.class)
                .web(WebApplicationType.NONE)
                .run()) {
            FakeCoordinator coordinator = (FakeCoordinator) parent.getBean(Coordinator.class);
            long job = JobRows.running(DB.dataSource(), 1);
            try (ConfigurableApplicationContext service = service(parent)) {
                String scope = "job/" + job + "/0";
                await().atMost(LIMIT).until(() -> coordinator.standing().contains(scope));
                assertThat(coordinator.published("campaign-manager")).containsKey("campaign-manager");

                allocate(job, "s2");
                coordinator.tell("callisto_job", "");
                await().atMost(LIMIT).until(() -> coordinator.standing().isEmpty());

                allocate(job, "s1");
                await().atMost(LIMIT).until(() -> coordinator.standing().contains(scope));
                end(job);
                coordinator.tell("callisto_job", "");
                await().atMost(LIMIT).until(() -> coordinator.standing().isEmpty());

                long next = JobRows.running(DB.dataSource(), 1);
                await().atMost(LIMIT).until(() -> coordinator.standing().contains("job/" + next + "/0"));
                assertThat(service.isRunning()).isTrue();
            }
            assertThat(coordinator.standing()).isEmpty();
            assertThat(coordinator.services()).isEmpty();
        }
    }

    private static ConfigurableApplicationContext service(ConfigurableApplicationContext parent) {
        return new SpringApplicationBuilder(CampaignManagerApplication.class)
                .parent(parent)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.datasource.url=" + DB.jdbcUrl(),
                        "--spring.datasource.username=" + DB.user(),
                        "--spring.datasource.password=" + DB.password(),
                        "--spring.datasource.hikari.maximum-pool-size=4",
                        "--spring.jmx.enabled=false",
                        "--spring.flyway.enabled=false",
                        "--callisto.server-name=s1",
                        "--callisto.cache.enabled=false",
                        "--callisto.gateways=g1=127.0.0.1:1",
                        "--callisto.dialing.batch=100");
    }

    private static void allocate(long job, String server) {
        JdbcClient.create(DB.dataSource())
                .sql("update job_zone set allocated_to = :server where job_id = :job")
                .param("server", server)
                .param("job", job)
                .update();
    }

    private static void end(long job) {
        JdbcClient.create(DB.dataSource())
                .sql("update job set state = 'COMPLETED', completed_at = clock_timestamp() where job_id = :job")
                .param("job", job)
                .update();
    }
}
