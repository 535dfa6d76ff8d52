package io.callisto.agents.zones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.domain.ZoneId;
import io.callisto.ha.Fenced;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import io.callisto.ha.RoleDuty;
import io.callisto.ha.Scope;
import io.callisto.ha.TestLeases;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class ZoneDutyTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private record Tick(long epoch, long ticks) {}

    private final JdbcClient jdbc = JdbcClient.create(DB.dataSource());
    private final TestLeases leases = new TestLeases(DB.dataSource());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ZonesMetrics metrics = new ZonesMetrics(meters);
    private final AtomicInteger handedOver = new AtomicInteger();
    private ZoneId zone = new ZoneId(0);

    @BeforeEach
    void three_servers_and_a_zone() {
        for (String server : new String[] {"s1", "s2", "s3"}) {
            jdbc.sql("insert into server (name) values (:name) on conflict do nothing")
                    .param("name", server)
                    .update();
        }
        jdbc.sql("delete from ha_node where server <> 's-test'").update();
        zone = new ZoneId(jdbc.sql("insert into zone (name) values (:name) returning zone_id")
                .param("name", UUID.randomUUID().toString())
                .query(Integer.class)
                .single());
    }

    private void running(String server) {
        jdbc.sql("""
                        insert into ha_node (node_id, server, process, pid, state, services)
                        values (gen_random_uuid(), :server, 'server', 0, 'RUNNING', '{agent-manager,console}')
                        """).param("server", server).update();
    }

    private RoleDuty duty(String server) {
        return ZonesConfiguration.duty(
                new FencedTransaction(DB.dataSource(), TestLeases.TICKER),
                new ZoneCommands(new JdbcCommandStore(), server, 2, metrics),
                zone,
                handedOver::incrementAndGet,
                metrics);
    }

    private RoleDuty serving(String server, Lease lease) {
        RoleDuty duty = duty(server);
        duty.takeOver(lease);
        return duty;
    }

    private Scope scope() {
        return Scope.agentManager(zone);
    }

    private Tick tick() {
        return jdbc.sql("select epoch, ticks from zone_tick where zone_id = :zone")
                .param("zone", zone.value())
                .query((row, number) -> new Tick(row.getLong("epoch"), row.getLong("ticks")))
                .single();
    }

    private long command(String kind, String payload) {
        return jdbc.sql("""
                        insert into command (scope, kind, payload, requested_by)
                        values (:scope, :kind, cast(:payload as jsonb), 'tester') returning id""")
                .param("scope", scope().value())
                .param("kind", kind)
                .param("payload", payload)
                .query(Long.class)
                .single();
    }

    private String outcome(long command) {
        return jdbc.sql("select state || ' ' || coalesce(result::text, '') from command where id = :id")
                .param("id", command)
                .query(String.class)
                .single();
    }

    @Test
    @Requirement("AM-1")
    void the_owner_of_a_zone_ticks_and_the_next_owner_goes_on_counting() {
        Lease first = leases.claim(scope());
        RoleDuty duty = serving("s1", first);
        assertThat(duty.firstWork()).isEqualTo("zone tick");
        assertThat(duty.firstWorkDone(0)).isFalse();
        assertThat(duty.doWork(first)).isZero();
        assertThat(duty.firstWorkDone(0)).isTrue();
        duty.doWork(first);
        assertThat(tick()).isEqualTo(new Tick(first.epoch(), 2));
        assertThat(meters.get("callisto.agents.zones.served").gauge().value()).isOne();
        duty.close();

        Lease second = leases.takeOver(scope());
        try (RoleDuty next = serving("s2", second)) {
            next.doWork(second);
            assertThat(tick()).isEqualTo(new Tick(second.epoch(), 3));
        }
        assertThat(meters.get("callisto.agents.zones.served").gauge().value()).isZero();
        assertThat(meters.get("callisto.agents.zone.ticks").counter().count()).isEqualTo(3);
    }

    @Test
    @Requirement("AM-11")
    void a_master_that_was_taken_over_does_nothing() {
        Lease zombie = leases.claim(scope());
        RoleDuty duty = serving("s1", zombie);
        duty.doWork(zombie);
        running("s3");
        long order = command("MOVE_ZONE", "{\"to\": \"s3\"}");
        leases.takeOver(scope());
        assertThatThrownBy(() -> duty.doWork(zombie)).isInstanceOf(Fenced.class);
        assertThat(tick()).isEqualTo(new Tick(zombie.epoch(), 1));
        assertThat(outcome(order)).startsWith("PENDING");
        assertThat(handedOver).hasValue(0);
    }

    @Test
    @Requirement("AM-10")
    void a_zone_is_handed_over_once_the_order_is_committed() {
        running("s2");
        Lease lease = leases.claim(scope());
        try (RoleDuty duty = serving("s1", lease)) {
            long order = command("MOVE_ZONE", "{\"to\": \"s2\"}");
            assertThat(duty.doWork(lease)).isOne();
            assertThat(outcome(order)).startsWith("APPLIED").contains("MOVING");
            assertThat(handedOver).hasValue(1);
            assertThat(jdbc.sql("select server from scope_wish where scope = :scope")
                            .param("scope", scope().value())
                            .query(String.class)
                            .single())
                    .isEqualTo("s2");
            // The coordinator may not have heard: the duty asks again and leaves the zone alone meanwhile.
            Tick last = tick();
            assertThat(duty.doWork(lease)).isZero();
            assertThat(handedOver).hasValue(2);
            assertThat(tick()).isEqualTo(last);
        }
    }

    @Test
    @Requirement("AM-8")
    void orders_given_while_nobody_owned_the_zone_are_applied_at_takeover_in_their_order() {
        running("s1");
        running("s2");
        long unknown = command("DANCE", "{}");
        long away = command("MOVE_ZONE", "{\"to\": \"s2\"}");
        long back = command("MOVE_ZONE", "{\"to\": \"s1\"}");
        Lease lease = leases.claim(scope());
        try (RoleDuty duty = serving("s1", lease)) {
            // A batch of two: the zone is told to leave before the third order is seen.
            assertThat(duty.doWork(lease)).isEqualTo(2);
        }
        assertThat(outcome(unknown)).startsWith("REFUSED").contains("MOVE_ZONE");
        assertThat(outcome(away)).startsWith("APPLIED");
        assertThat(outcome(back)).startsWith("PENDING");
        Lease next = leases.takeOver(scope());
        try (RoleDuty duty = serving("s2", next)) {
            duty.doWork(next);
        }
        assertThat(outcome(back)).startsWith("REFUSED").contains("allocated to s2 since");
    }

    @Test
    @Requirement("AM-10")
    void a_zone_stays_where_the_order_cannot_be_carried_out() {
        Lease lease = leases.claim(scope());
        try (RoleDuty duty = serving("s1", lease)) {
            long nowhere = command("MOVE_ZONE", "{\"to\": \"s2\"}");
            long nothing = command("MOVE_ZONE", "{\"to\": 2}");
            long here = command("MOVE_ZONE", "{\"to\": \"s1\"}");
            duty.doWork(lease);
            duty.doWork(lease);
            assertThat(outcome(nowhere)).startsWith("REFUSED").contains("no agent manager runs on server s2");
            assertThat(outcome(nothing)).startsWith("REFUSED").contains("names no server");
            assertThat(outcome(here)).startsWith("APPLIED").contains("HERE");
        }
        assertThat(handedOver).hasValue(0);
    }

    @Test
    void a_zone_that_is_gone_has_no_tick() {
        Lease lease = leases.claim(scope());
        try (RoleDuty duty = serving("s1", lease)) {
            jdbc.sql("delete from zone where zone_id = :zone")
                    .param("zone", zone.value())
                    .update();
            assertThat(duty.doWork(lease)).isZero();
            assertThat(duty.firstWorkDone(0)).isFalse();
        }
    }
}
