package io.callisto.ha.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.callisto.db.TestDatabase;
import io.callisto.domain.IdGenerator;
import io.callisto.domain.Ticker;
import io.callisto.ha.Coordinator;
import io.callisto.ha.CoordinatorHealth;
import io.callisto.ha.CoordinatorMetrics;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.InterruptibleSockets;
import io.callisto.ha.Lease;
import io.callisto.ha.RoleDuty;
import io.callisto.ha.Scope;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

class CoordinatorAutoConfigurationTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private final ApplicationContextRunner parent = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(CoordinatorAutoConfiguration.class))
            .withPropertyValues(
                    "spring.datasource.url=" + DB.jdbcUrl(),
                    "spring.datasource.username=" + DB.user(),
                    "spring.datasource.password=" + DB.password(),
                    "callisto.server-name=s7",
                    "callisto.timing=fast");
    private final ApplicationContextRunner child = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(DataSourceAutoConfiguration.class, CoordinatorAutoConfiguration.class))
            .withPropertyValues(
                    "spring.datasource.url=" + DB.jdbcUrl(),
                    "spring.datasource.username=" + DB.user(),
                    "spring.datasource.password=" + DB.password());

    @Test
    void a_parent_without_a_pool_has_the_coordinator_and_each_child_its_own_fenced_transaction() {
        parent.run(jvm -> {
            assertThat(jvm).hasSingleBean(Coordinator.class).hasSingleBean(Ticker.class);
            assertThat(jvm).doesNotHaveBean(DataSource.class).doesNotHaveBean(FencedTransaction.class);
            assertThat(jvm.getBean(Coordinator.class).server()).isEqualTo("s7");
            child.withParent(jvm)
                    .run(one -> child.withParent(jvm).run(two -> {
                        assertThat(one.getBean(Coordinator.class)).isSameAs(jvm.getBean(Coordinator.class));
                        assertThat(one.getBean(Clock.class)).isSameAs(jvm.getBean(Clock.class));
                        assertThat(one.getBean(IdGenerator.class)).isSameAs(jvm.getBean(IdGenerator.class));
                        assertThat(one.getBean(FencedTransaction.class))
                                .isNotSameAs(two.getBean(FencedTransaction.class));
                    }));
        });
    }

    @Test
    void a_service_alone_in_its_jvm_has_all_of_it_and_gives_its_roles_back_when_it_stops() {
        Scope scope = Scope.ruleEngine();
        child.run(context -> {
            Coordinator coordinator = context.getBean(Coordinator.class);
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            context.getBean(CoordinatorMetrics.class).bindTo(registry);
            coordinator
                    .register("rule-engine")
                    .standFor(scope, Duration.ofSeconds(1), (lease, wakeUp) -> new IdleDuty());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> registry.find("callisto.lease.epoch")
                                    .tag("scope", "rule-engine")
                                    .gauge()
                            != null);
            assertThat(registry.get("callisto.lease.held")
                            .tag("kind", "rule-engine")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(registry.get("callisto.lease.events")
                            .tag("event", "claimed")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("callisto.lease.age").gauge().value()).isBetween(0.0, 5.0);
            assertThat(registry.get("callisto.lease.statements")
                            .functionCounter()
                            .count())
                    .isPositive();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> registry.find("callisto.failover.duration")
                                    .tags("kind", "rule-engine", "reason", "first")
                                    .timer()
                            != null);
            assertThat(context.getBean(CoordinatorHealth.class).health().getDetails())
                    .containsEntry("database", "connected")
                    .containsEntry("zooKeeper", "not configured")
                    .containsEntry("roles", 1);
        });
        child.run(context -> assertThat(JdbcClient.create(context.getBean(DataSource.class))
                        .sql("select state from ha_lease where scope = 'rule-engine'")
                        .query(String.class)
                        .single())
                .isEqualTo("RELEASED"));
    }

    @Test
    void every_pool_gets_connections_that_an_interrupt_reaches_and_keeps_what_it_was_told() {
        child.withPropertyValues("spring.datasource.hikari.data-source-properties.socketTimeout=7")
                .run(context -> {
                    HikariDataSource pool = context.getBean(HikariDataSource.class);
                    assertThat(pool.getDataSourceProperties())
                            .containsEntry("socketFactory", InterruptibleSockets.class.getName())
                            .containsEntry("socketTimeout", "7")
                            .containsEntry("connectTimeout", "3");
                    assertThat(JdbcClient.create(pool)
                                    .sql("select 1")
                                    .query(Integer.class)
                                    .single())
                            .isEqualTo(1);
                });
    }

    @Test
    void an_unsafe_timing_stops_the_start_and_says_what_to_do() {
        parent.withPropertyValues("callisto.ha.renew=1100ms")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("is unsafe")
                        .hasMessageContaining("callisto.ha.renew"));
    }

    @Test
    void a_missing_database_address_stops_the_start_and_names_the_property() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(CoordinatorAutoConfiguration.class))
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("spring.datasource.url"));
    }

    @Test
    void a_start_without_database_or_zookeeper_succeeds() {
        parent.withPropertyValues(
                        "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none",
                        "callisto.zookeeper.connect-string=127.0.0.1:1")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Coordinator.class));
    }

    private static final class IdleDuty implements RoleDuty {
        @Override
        public void takeOver(Lease lease) {}

        @Override
        public int doWork(Lease lease) {
            return 0;
        }

        @Override
        public boolean firstWorkDone(int done) {
            return true;
        }

        @Override
        public void close() {}
    }
}
