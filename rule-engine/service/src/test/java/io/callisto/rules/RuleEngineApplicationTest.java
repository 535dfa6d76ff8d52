package io.callisto.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.callisto.db.TestDatabase;
import io.callisto.ha.Coordinator;
import io.callisto.ha.FakeCoordinator;
import io.callisto.ha.RoleDuty;
import io.callisto.ha.Scope;
import io.callisto.ha.TestLeases;
import io.callisto.rules.client.RuleEngineClient;
import io.callisto.rules.v1.Candidate;
import io.callisto.rules.v1.EvaluateBatch;
import io.callisto.rules.v1.Verdict;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

class RuleEngineApplicationTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @Test
    void it_runs_as_a_child_of_the_servers_context_and_lets_go_when_it_closes() {
        FakeCoordinator coordinator = new FakeCoordinator();
        try (GenericApplicationContext parent = new GenericApplicationContext()) {
            parent.registerBean(Coordinator.class, () -> coordinator);
            parent.refresh();
            try (ConfigurableApplicationContext child = child(parent, DB.jdbcUrl());
                    RuleEngineClient client = new RuleEngineClient(coordinator.directory(), System::nanoTime)) {
                String address =
                        coordinator.published(RuleEngineClient.ENDPOINT).get(RuleEngineClient.ENDPOINT);
                coordinator.owner(Scope.ruleEngine(), "s1", Objects.requireNonNull(address));
                RoleDuty duty = coordinator.claim(new TestLeases(DB.dataSource()).claim(Scope.ruleEngine()));
                assertThat(duty.firstWorkDone(0)).isFalse();
                EvaluateBatch batch = EvaluateBatch.newBuilder()
                        .setNowEpochMillis(1_800_000_000_000L)
                        .addCandidates(Candidate.newBuilder().setContactId(1))
                        .build();
                assertThat(client.evaluate(batch, Duration.ofSeconds(10))
                                .getDecisions(0)
                                .getVerdict())
                        .isEqualTo(Verdict.ALLOW);
                assertThat(child.getBean(HikariDataSource.class).getMaximumPoolSize())
                        .isLessThanOrEqualTo(4);
                assertThat(child.getBean(Coordinator.class)).isSameAs(coordinator);
            }
            assertThat(coordinator.services()).isEmpty();
        }
    }

    @Test
    void it_starts_without_the_database() {
        try (GenericApplicationContext parent = new GenericApplicationContext()) {
            parent.registerBean(Coordinator.class, FakeCoordinator::new);
            parent.refresh();
            try (ConfigurableApplicationContext child = child(parent, "jdbc:postgresql://127.0.0.1:1/none")) {
                assertThat(child.getBean(RuleEngineRunner.class).isRunning()).isTrue();
            }
        }
    }

    @Test
    void settings_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> new RuleEngineProperties(70_000, Duration.ofSeconds(2), 2))
                .hasMessageContaining("callisto.rule-engine.port");
        assertThatThrownBy(() -> new RuleEngineProperties(0, Duration.ZERO, 2))
                .hasMessageContaining("callisto.rule-engine.reload");
        assertThat(new AddressProperties("0.0.0.0", "host1").advertised(5)).isEqualTo("host1:5");
        assertThat(new AddressProperties("127.0.0.1", null).advertised(5)).isEqualTo("127.0.0.1:5");
    }

    private static ConfigurableApplicationContext child(GenericApplicationContext parent, String url) {
        return new SpringApplicationBuilder(RuleEngineApplication.class)
                .web(WebApplicationType.NONE)
                .parent(parent)
                .properties("spring.main.banner-mode=off")
                .run(
                        "--spring.datasource.url=" + url,
                        "--spring.datasource.username=" + DB.user(),
                        "--spring.datasource.password=" + DB.password());
    }
}
