package io.callisto.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.domain.ZoneId;
import io.callisto.ha.FailBack;
import io.callisto.ha.FakeCoordinator;
import io.callisto.ha.Lease;
import io.callisto.ha.RoleDuty;
import io.callisto.ha.Scope;
import io.callisto.ha.TestLeases;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class AgentManagerApplicationTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final JdbcClient jdbc = JdbcClient.create(DB.dataSource());

    private ConfigurableApplicationContext start(String... settings) {
        return new SpringApplicationBuilder(AgentManagerApplication.class)
                .web(WebApplicationType.NONE)
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean("coordinator", FakeCoordinator.class, () -> coordinator))
                .properties(Map.of(
                        "spring.datasource.url",
                        DB.jdbcUrl(),
                        "spring.datasource.username",
                        DB.user(),
                        "spring.datasource.password",
                        DB.password(),
                        "spring.datasource.hikari.maximum-pool-size",
                        4,
                        "spring.flyway.enabled",
                        false,
                        "callisto.agents.zones.zone-watch",
                        "100ms"))
                .run(Stream.of(settings).map(setting -> "--" + setting).toArray(String[]::new));
    }

    @Test
    @Requirement("AM-1")
    void it_stands_for_every_active_zone_and_for_no_other() {
        try (ConfigurableApplicationContext context = start()) {
            assertThat(context.isActive()).isTrue();
            assertThat(coordinator.services()).containsExactly("agent-manager");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> coordinator.standing().contains("agent-manager/0"));
            int zone = jdbc.sql("insert into zone (name) values ('New') returning zone_id")
                    .query(Integer.class)
                    .single();
            String scope = "agent-manager/" + zone;
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> coordinator.standing().contains(scope));
            jdbc.sql("update zone set state = 'DELETING' where zone_id = :zone")
                    .param("zone", zone)
                    .update();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !coordinator.standing().contains(scope));
            assertThat(coordinator.standing()).containsExactly("agent-manager/0");
        }
        assertThat(coordinator.standing()).isEmpty();
        assertThat(coordinator.services()).isEmpty();
        assertThat(coordinator.channels()).isEmpty();
    }

    @Test
    @Requirement("AM-1")
    void news_of_a_zone_are_heard_without_waiting_for_the_next_look() {
        try (ConfigurableApplicationContext context = start("callisto.agents.zones.zone-watch=10m")) {
            assertThat(context.isActive()).isTrue();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> coordinator.standing().contains("agent-manager/0"));
            int zone = jdbc.sql("insert into zone (name) values ('Short-lived') returning zone_id")
                    .query(Integer.class)
                    .single();
            String scope = "agent-manager/" + zone;
            coordinator.tell("callisto_zone", Integer.toString(zone));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> coordinator.standing().contains(scope));
            jdbc.sql("update zone set state = 'DELETING' where zone_id = :zone")
                    .param("zone", zone)
                    .update();
            coordinator.tell("callisto_zone", Integer.toString(zone));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !coordinator.standing().contains(scope));
        }
    }

    @Test
    @Requirement("AM-10")
    void a_zone_never_goes_back_by_itself() {
        try (ConfigurableApplicationContext context = start()) {
            assertThat(context.isActive()).isTrue();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> coordinator.standing().contains("agent-manager/0"));
            assertThat(coordinator.failBack("agent-manager/0")).isEqualTo(FailBack.NEVER);
        }
    }

    @Test
    void a_notification_wakes_the_scope_that_it_names() {
        try (ConfigurableApplicationContext context = start()) {
            assertThat(context.isActive()).isTrue();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> coordinator.standing().contains("agent-manager/0"));
            coordinator.tell("callisto_command", "director/0");
            assertThat(coordinator.woken()).isEmpty();
            coordinator.tell("callisto_command", "agent-manager/0");
            assertThat(coordinator.woken()).containsExactly("agent-manager/0");
            coordinator.forgetWakeUps();
            coordinator.tell("callisto_command", "");
            assertThat(coordinator.woken()).containsExactly("agent-manager/0");
        }
    }

    @Test
    void its_duty_works_with_the_wired_parts_and_hands_over_its_candidacy() {
        TestLeases leases = new TestLeases(DB.dataSource());
        jdbc.sql("insert into server (name) values ('s2') on conflict do nothing")
                .update();
        jdbc.sql("""
                        insert into ha_node (node_id, server, process, pid, state, services)
            values (gen_random_uuid(), 's2', 'server', 0, 'RUNNING', '{agent-manager}')\
            """).update();
        jdbc.sql("""
                        insert into command (scope, kind, payload, requested_by)
            values ('agent-manager/0', 'MOVE_ZONE', '{"to": "s2"}', 'tester')\
            """).update();
        try (ConfigurableApplicationContext context = start()) {
            assertThat(context.isActive()).isTrue();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> coordinator.standing().contains("agent-manager/0"));
            Lease lease = leases.claim(Scope.agentManager(new ZoneId(0)));
            try (RoleDuty duty = coordinator.claim(lease)) {
                assertThat(duty.doWork(lease)).isOne();
                assertThat(duty.firstWorkDone(1)).isTrue();
                assertThat(coordinator.handedOver()).containsExactly("agent-manager/0");
            }
        }
    }
}
