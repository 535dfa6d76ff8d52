package io.callisto.ha.zones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callisto.domain.ZoneId;
import io.callisto.ha.FailBack;
import io.callisto.ha.FakeCoordinator;
import io.callisto.ha.Lease;
import io.callisto.ha.RoleDuty;
import io.callisto.ha.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ZoneRolesRunnerTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final String ZONES = "callisto_zone";

    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final List<ZoneId> zones = new CopyOnWriteArrayList<>(List.of(new ZoneId(0), new ZoneId(1)));
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private @Nullable ZoneRolesRunner runner;

    private ZoneRolesRunner start(Duration sweep) {
        ZoneRolesRunner started = new ZoneRolesRunner(
                coordinator.register("campaign-director"),
                this::look,
                new ZoneRole(Scope::director, Duration.ofSeconds(1), FailBack.TO_ALLOCATED, Leaving::new),
                sweep);
        runner = started;
        started.start();
        return started;
    }

    private List<ZoneId> look() {
        looks.incrementAndGet();
        if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("the database is away");
        }
        return List.copyOf(zones);
    }

    @AfterEach
    void stop() {
        if (runner != null) {
            runner.stop();
        }
    }

    private void standsFor(String... scopes) {
        await().untilAsserted(() -> assertThat(coordinator.standing()).containsExactlyInAnyOrder(scopes));
    }

    /** A look begins only when the one before has ended. */
    private void looksAgain() {
        int before = looks.get();
        coordinator.tell(ZONES, "");
        await().until(() -> looks.get() > before);
    }

    @Test
    void it_stands_for_the_zones_there_are_in_the_way_of_the_role() {
        start(NEVER);
        standsFor("director/0", "director/1");
        assertThat(coordinator.failBack("director/1")).isEqualTo(FailBack.TO_ALLOCATED);
        assertThat(Objects.requireNonNull(runner).isRunning()).isTrue();
    }

    @Test
    void news_make_it_look_at_once() {
        start(NEVER);
        standsFor("director/0", "director/1");
        zones.add(new ZoneId(7));
        zones.remove(new ZoneId(1));
        coordinator.tell(ZONES, "7");
        standsFor("director/0", "director/7");
    }

    @Test
    void without_news_the_sweep_finds_what_came_and_went() {
        start(Duration.ofMillis(50));
        standsFor("director/0", "director/1");
        zones.add(new ZoneId(7));
        zones.remove(new ZoneId(0));
        standsFor("director/1", "director/7");
    }

    @Test
    void zones_that_cannot_be_read_are_kept_and_read_again() {
        start(Duration.ofMillis(50));
        standsFor("director/0", "director/1");
        int before = looks.get();
        refusals.set(3);
        await().until(() -> looks.get() >= before + 3);
        assertThat(coordinator.standing()).containsExactlyInAnyOrder("director/0", "director/1");
        zones.add(new ZoneId(7));
        standsFor("director/0", "director/1", "director/7");
    }

    @Test
    void a_command_wakes_the_scope_that_it_names_and_a_missed_one_wakes_all() {
        ZoneRolesRunner started = start(NEVER);
        standsFor("director/0", "director/1");
        looksAgain();
        coordinator.tell("callisto_command", "job/1/0");
        assertThat(coordinator.woken()).isEmpty();
        coordinator.tell("callisto_command", "director/1");
        assertThat(coordinator.woken()).containsExactly("director/1");
        coordinator.forgetWakeUps();
        started.wakeUp("director/0");
        assertThat(coordinator.woken()).containsExactly("director/0");
        coordinator.forgetWakeUps();
        coordinator.tell("callisto_command", "");
        assertThat(coordinator.woken()).containsExactly("director/0", "director/1");
    }

    @Test
    void a_duty_hands_over_its_own_zone() {
        start(NEVER);
        standsFor("director/0", "director/1");
        looksAgain();
        Lease lease = new Lease(Scope.director(new ZoneId(1)), 1, coordinator.node(), Long.MAX_VALUE);
        try (RoleDuty duty = coordinator.claim(lease)) {
            assertThat(duty.doWork(lease)).isEqualTo(1);
        }
        assertThat(coordinator.handedOver()).containsExactly("director/1");
    }

    @Test
    void when_it_stops_it_lets_go_of_everything_and_hears_nothing_more() {
        ZoneRolesRunner started = start(NEVER);
        standsFor("director/0", "director/1");
        started.stop();
        assertThat(coordinator.standing()).isEmpty();
        assertThat(coordinator.services()).isEmpty();
        assertThat(coordinator.channels()).isEmpty();
        assertThat(started.isRunning()).isFalse();
    }

    /** A duty that lets others have its zone. */
    private record Leaving(ZoneId zone, Runnable handOver) implements RoleDuty {
        @Override
        public void takeOver(Lease lease) {
            assertThat(lease.scope()).isEqualTo(Scope.director(zone));
        }

        @Override
        public int doWork(Lease lease) {
            handOver.run();
            return 1;
        }

        @Override
        public void close() {}
    }
}
