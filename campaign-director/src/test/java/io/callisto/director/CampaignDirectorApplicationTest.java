package io.callisto.director;

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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class CampaignDirectorApplicationTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private final FakeCoordinator coordinator = new FakeCoordinator();

    private ConfigurableApplicationContext start(String... settings) {
        return new SpringApplicationBuilder(CampaignDirectorApplication.class)
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
                        "callisto.director.imports.zone-watch",
                        "100ms"))
                .run(Stream.of(settings).map(setting -> "--" + setting).toArray(String[]::new));
    }

    @Test
    void it_stands_for_the_common_director_and_for_every_zone_old_and_new() {
        JdbcClient jdbc = JdbcClient.create(DB.dataSource());
        try (ConfigurableApplicationContext context = start()) {
            assertThat(context.isActive()).isTrue();
            assertThat(coordinator.services()).containsExactly("campaign-director");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> coordinator.standing().containsAll(List.of("director", "director/0")));
            int zone = jdbc.sql("insert into zone (name) values ('New') returning zone_id")
                    .query(Integer.class)
                    .single();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> coordinator.standing().contains("director/" + zone));
            jdbc.sql("delete from zone where zone_id = :zone")
                    .param("zone", zone)
                    .update();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !coordinator.standing().contains("director/" + zone));
        }
        assertThat(coordinator.standing()).isEmpty();
        assertThat(coordinator.services()).isEmpty();
        assertThat(coordinator.channels()).isEmpty();
    }

    @Test
    void a_notification_wakes_the_scope_that_it_names() {
        try (ConfigurableApplicationContext context = start()) {
            assertThat(context.isActive()).isTrue();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> coordinator.standing().contains("director/0"));
            coordinator.tell("callisto_command", "director/0");
            assertThat(coordinator.woken()).containsExactly("director/0");
            coordinator.tell("callisto_command", "job/1/0");
            assertThat(coordinator.woken()).hasSize(1);
            coordinator.tell("callisto_job", "17");
            assertThat(coordinator.woken()).containsExactly("director", "director/0");
            coordinator.forgetWakeUps();
            coordinator.tell("callisto_command", "");
            assertThat(coordinator.woken()).containsExactly("director", "director/0");
        }
    }

    @Test
    @Requirement("CM-3")
    void news_of_managers_wakes_the_common_director() {
        try (ConfigurableApplicationContext context = start()) {
            assertThat(context.isActive()).isTrue();
            for (String news :
                    List.of("callisto_node s2", "callisto_wish s2/campaign-manager", "callisto_lease job/1/0")) {
                coordinator.forgetWakeUps();
                int space = news.indexOf(' ');
                coordinator.tell(news.substring(0, space), news.substring(space + 1));
                assertThat(coordinator.woken()).as(news).containsExactly("director");
            }
            coordinator.forgetWakeUps();
            coordinator.tell("callisto_lease", "outbox/0");
            assertThat(coordinator.woken()).isEmpty();
        }
    }

    @Test
    @Requirement("CD-5")
    void zone_directors_go_back_to_where_they_are_allocated_and_the_common_one_only_if_that_is_set() {
        try (ConfigurableApplicationContext context = start()) {
            assertThat(context.isActive()).isTrue();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> coordinator.standing().contains("director/0"));
            assertThat(coordinator.failBack("director/0")).isEqualTo(FailBack.TO_ALLOCATED);
            assertThat(coordinator.failBack("director")).isEqualTo(FailBack.NEVER);
        }
        try (ConfigurableApplicationContext context =
                start("callisto.director.jobs.fail-back=to-allocated", "callisto.director.imports.fail-back=never")) {
            assertThat(context.isActive()).isTrue();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> coordinator.standing().contains("director/0"));
            assertThat(coordinator.failBack("director/0")).isEqualTo(FailBack.NEVER);
            assertThat(coordinator.failBack("director")).isEqualTo(FailBack.TO_ALLOCATED);
        }
    }

    @Test
    void a_zone_that_is_being_deleted_is_let_go_when_the_news_comes() {
        JdbcClient jdbc = JdbcClient.create(DB.dataSource());
        try (ConfigurableApplicationContext context = start("callisto.director.imports.zone-watch=10m")) {
            assertThat(context.isActive()).isTrue();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> coordinator.standing().contains("director/0"));
            int zone = jdbc.sql("insert into zone (name) values ('Short-lived') returning zone_id")
                    .query(Integer.class)
                    .single();
            coordinator.tell("callisto_zone", Integer.toString(zone));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> coordinator.standing().contains("director/" + zone));
            jdbc.sql("update zone set state = 'DELETING' where zone_id = :zone")
                    .param("zone", zone)
                    .update();
            coordinator.tell("callisto_zone", Integer.toString(zone));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !coordinator.standing().contains("director/" + zone));
            jdbc.sql("delete from zone where zone_id = :zone")
                    .param("zone", zone)
                    .update();
        }
    }

    @Test
    void its_duties_work_with_the_wired_parts() {
        TestLeases leases = new TestLeases(DB.dataSource());
        try (ConfigurableApplicationContext context = start("callisto.director.jobs.filter-chunk=5")) {
            assertThat(context.isActive()).isTrue();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> coordinator.standing().contains("director/0"));
            for (Scope scope : new Scope[] {Scope.director(), Scope.director(new ZoneId(0))}) {
                Lease lease = leases.claim(scope);
                try (RoleDuty duty = coordinator.claim(lease)) {
                    assertThat(duty.doWork(lease)).isZero();
                }
            }
        }
    }
}
