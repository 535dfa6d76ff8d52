package io.callisto.director.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.ha.Fenced;
import io.callisto.ha.Lease;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a zone's director does besides imports: it lets itself be moved and be found out. */
class ZoneDirectorTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private ImportRig rig;
    private int zone;
    private String scope;
    private Lease lease;
    private ImportDuty duty;

    @BeforeEach
    void open() {
        rig = new ImportRig(DB.dataSource());
        rig.jdbc.sql("delete from scope_wish").update();
        rig.jdbc.sql("delete from ha_node where process = 'campaign-director'").update();
        zone = rig.zone("zone " + UUID.randomUUID());
        scope = ImportRig.scope(zone).value();
        lease = rig.leases.claim(ImportRig.scope(zone));
        duty = rig.duty(zone, 100);
        duty.takeOver(lease);
    }

    private void director(String server) {
        rig.jdbc
                .sql("""
                        insert into ha_node (node_id, server, process, pid, services, state)
                        values (:node, :server, 'campaign-director', 1, '{campaign-director}', 'RUNNING')
                        """)
                .param("node", UUID.randomUUID())
                .param("server", server)
                .update();
    }

    private void allocate(String server) {
        rig.jdbc
                .sql("insert into server (name) values (:server) on conflict do nothing")
                .param("server", server)
                .update();
        rig.jdbc.sql("""
                        insert into scope_wish (scope, server, changed_by) values (:scope, :server, 'test')
                        on conflict (scope) do update set server = excluded.server
                        """).param("scope", scope).param("server", server).update();
    }

    private long move(String to) {
        return rig.command(scope, "MOVE_ZONE", "{\"to\": \"" + to + "\"}");
    }

    @Test
    @Requirement("CD-4")
    void it_hands_over_when_it_is_moved_and_asks_until_it_is_let_go() {
        director("s2");
        allocate("s2");
        long order = move("s2");
        duty.doWork(lease);
        assertThat(rig.settled(order)).isEqualTo("APPLIED {\"state\": \"HANDED_OVER to s2\"}");
        assertThat(rig.handOvers).hasValue(1);
        duty.doWork(lease);
        assertThat(rig.handOvers).as("the first time was too early").hasValue(2);
    }

    @Test
    void it_stays_where_it_is_wanted_already() {
        allocate("s1");
        long order = move("s1");
        duty.doWork(lease);
        assertThat(rig.settled(order)).isEqualTo("APPLIED {\"state\": \"STAYS on s1\"}");
        assertThat(rig.handOvers).hasValue(0);
    }

    @Test
    void an_order_that_is_older_than_the_administrators_last_word_is_refused() {
        director("s2");
        director("s3");
        allocate("s3");
        long old = move("s2");
        long unknown = rig.command(scope, "MOVE_ZONE", "{\"to\": 2}");
        duty.doWork(lease);
        assertThat(rig.settled(old)).startsWith("REFUSED").contains("allocated to s3 since");
        assertThat(rig.settled(unknown)).startsWith("REFUSED").contains("names no server");
        assertThat(rig.handOvers).hasValue(0);
    }

    @Test
    void it_does_not_leave_for_a_server_without_a_director() {
        allocate("s2");
        long absent = move("s2");
        duty.doWork(lease);
        director("s2");
        rig.jdbc
                .sql("insert into service_wish values ('s2', 'campaign-director', 'STOP', now(), 'test')")
                .update();
        long stopped = move("s2");
        duty.doWork(lease);
        rig.jdbc.sql("delete from service_wish").update();
        assertThat(rig.settled(absent)).startsWith("REFUSED").contains("no campaign director runs on server s2");
        assertThat(rig.settled(stopped)).startsWith("REFUSED");
        assertThat(rig.handOvers).hasValue(0);
    }

    @Test
    void moved_away_and_back_is_not_moved() {
        director("s2");
        allocate("s1");
        move("s2");
        move("s1");
        duty.doWork(lease);
        assertThat(rig.handOvers).hasValue(0);
    }

    @Test
    @Requirement("CD-2")
    void its_first_work_is_a_fenced_look_and_so_is_each_while_a_job_runs() {
        assertThat(duty.firstWorkDone(0)).isFalse();
        duty.doWork(lease);
        assertThat(duty.firstWorkDone(0)).isTrue();
        assertThat(duty.firstWork()).isEqualTo("imports looked over");

        rig.leases.takeOver(ImportRig.scope(zone));
        assertThat(duty.doWork(lease)).as("nothing runs: nothing is at stake").isZero();

        lease = rig.leases.takeOver(ImportRig.scope(zone));
        ImportDuty next = rig.duty(zone, 100);
        next.takeOver(lease);
        job();
        next.doWork(lease);
        next.doWork(lease);
        rig.leases.takeOver(ImportRig.scope(zone));
        assertThatThrownBy(() -> next.doWork(lease)).isInstanceOf(Fenced.class);
    }

    private void job() {
        rig.jdbc.sql("""
                        with s as (insert into campaign_strategy (organisation_id, name)
                                   values (0, 'zone ' || :zone) returning strategy_id),
                             v as (insert into campaign_strategy_version
                                   select strategy_id, 1, '{}', now(), 'test' from s returning strategy_id),
                             c as (insert into campaign (organisation_id, name, strategy_id)
                                   select 0, 'zone ' || :zone, strategy_id from v returning campaign_id, strategy_id),
                             j as (insert into job (organisation_id, campaign_id, strategy_id, strategy_version, state,
                                                    created_by)
                                   select 0, campaign_id, strategy_id, 1, 'RUNNING', 'test' from c returning job_id)
                        insert into job_zone (job_id, zone_id) select job_id, :zone from j
                        """).param("zone", zone).update();
    }
}
