package io.callisto.director.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.db.TestDatabase;
import io.callisto.domain.InvariantBroken;
import io.callisto.domain.Requirement;
import io.callisto.ha.Fenced;
import io.callisto.ha.Lease;
import io.callisto.ha.Scope;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobDutyTest {
    private static final int BUSY = 3;

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private JobRig rig;
    private Lease lease;
    private JobDuty duty;

    @BeforeEach
    void open() {
        rig = new JobRig(DB.dataSource());
        lease = rig.leases.takeOver(Scope.director());
        duty = rig.duty(10);
        duty.takeOver(lease);
    }

    @Test
    @Requirement("CD-6")
    void a_job_started_while_no_director_was_up_starts_by_itself_and_runs_to_its_end() {
        long job = rig.start(rig.campaign("FINITE", rig.list(0, 25)));
        assertThat(rig.state(job)).isEqualTo("QUEUED");
        rig.settle(duty, lease);
        assertThat(rig.state(job)).isEqualTo("RUNNING");
        assertThat(rig.count(job, "READY")).isEqualTo(25);

        rig.setContacts(job, "READY", "COMPLETED", 1, 24);
        rig.settle(duty, lease);
        assertThat(rig.state(job)).as("one contact is open").isEqualTo("RUNNING");
        rig.setContacts(job, "READY", "IN_ATTEMPT", null, 1);
        rig.settle(duty, lease);
        assertThat(rig.state(job)).as("one call is in progress").isEqualTo("RUNNING");
        rig.setContacts(job, "IN_ATTEMPT", "FAILED", BUSY, 1);
        rig.settle(duty, lease);
        assertThat(rig.history(job)).containsExactly("QUEUED", "FILTER_IN_PROGRESS", "RUNNING", "COMPLETED");
    }

    @Test
    void an_empty_campaign_completes_at_once() {
        long withoutLists = rig.start(rig.campaign("FINITE"));
        long emptyList = rig.start(rig.campaign("FINITE", rig.list(0, 0)));
        for (int i = 0; duty.doWork(lease) > 0; i++) {
            assertThat(i).as("no time passes").isLessThan(1_000);
        }
        assertThat(rig.history(withoutLists)).containsExactly("QUEUED", "FILTER_IN_PROGRESS", "RUNNING", "COMPLETED");
        assertThat(rig.history(emptyList)).containsExactly("QUEUED", "FILTER_IN_PROGRESS", "RUNNING", "COMPLETED");
    }

    @Test
    void an_infinite_job_does_not_end_by_itself() {
        long job = rig.start(rig.campaign("INFINITE"));
        rig.settle(duty, lease);
        assertThat(rig.state(job)).isEqualTo("RUNNING");
    }

    @Test
    @Requirement("CD-7")
    void a_pause_while_nobody_directs_is_kept_and_applied_at_takeover() {
        long job = rig.start(rig.campaign("FINITE", rig.list(0, 5)));
        rig.settle(duty, lease);
        long pause = rig.order("PAUSE", job);
        assertThat(rig.settled(pause)).isEqualTo("PENDING ");
        rig.direct();
        assertThat(rig.settled(pause)).isEqualTo("APPLIED {\"state\": \"PAUSING\"}");
        assertThat(rig.state(job)).isEqualTo("PAUSED");

        long resume = rig.order("RESUME", job);
        rig.direct();
        assertThat(rig.settled(resume)).isEqualTo("APPLIED {\"state\": \"RUNNING\"}");
        assertThat(rig.history(job))
                .containsExactly("QUEUED", "FILTER_IN_PROGRESS", "RUNNING", "PAUSING", "PAUSED", "RUNNING");
    }

    @Test
    @Requirement("CD-7")
    void a_pause_of_a_queued_job_takes_effect_when_the_filter_is_done() {
        long job = rig.start(rig.campaign("FINITE", rig.list(0, 25)));
        long pause = rig.order("PAUSE", job);
        rig.settle(duty, lease);
        assertThat(rig.settled(pause)).isEqualTo("APPLIED {\"state\": \"QUEUED\"}");
        assertThat(rig.history(job)).containsExactly("QUEUED", "FILTER_IN_PROGRESS", "PAUSED");
        assertThat(rig.count(job, "READY")).isEqualTo(25);
    }

    @Test
    void a_pause_during_the_filter_can_be_taken_back() {
        long job = rig.start(rig.campaign("FINITE", rig.list(0, 25)));
        duty.doWork(lease);
        duty.doWork(lease);
        assertThat(rig.state(job)).isEqualTo("FILTER_IN_PROGRESS");
        rig.order("PAUSE", job);
        duty.doWork(lease);
        rig.order("RESUME", job);
        rig.settle(duty, lease);
        assertThat(rig.history(job)).containsExactly("QUEUED", "FILTER_IN_PROGRESS", "RUNNING");
    }

    @Test
    void a_pausing_job_waits_for_its_calls() {
        long job = rig.start(rig.campaign("FINITE", rig.list(0, 5)));
        rig.settle(duty, lease);
        rig.setContacts(job, "READY", "IN_ATTEMPT", null, 2);
        rig.order("PAUSE", job);
        rig.settle(duty, lease);
        assertThat(rig.state(job)).isEqualTo("PAUSING");
        rig.setContacts(job, "IN_ATTEMPT", "RETRY_WAIT", null, 2);
        rig.settle(duty, lease);
        assertThat(rig.state(job)).isEqualTo("PAUSED");
    }

    @Test
    void a_stopped_job_lets_calls_end_then_closes_the_rest_with_the_code_for_it() {
        long job = rig.start(rig.campaign("FINITE", rig.list(0, 40)));
        rig.settle(duty, lease);
        rig.setContacts(job, "READY", "COMPLETED", 1, 3);
        rig.setContacts(job, "READY", "RETRY_WAIT", null, 5);
        rig.setContacts(job, "READY", "IN_ATTEMPT", null, 2);
        long stop = rig.order("STOP", job);
        rig.settle(duty, lease);
        assertThat(rig.settled(stop)).isEqualTo("APPLIED {\"state\": \"STOPPING\"}");
        assertThat(rig.state(job)).isEqualTo("STOPPING");
        assertThat(rig.count(job, "FAILED")).isZero();

        rig.setContacts(job, "IN_ATTEMPT", "RETRY_WAIT", null, 2);
        rig.settle(duty, lease);
        assertThat(rig.history(job)).containsExactly("QUEUED", "FILTER_IN_PROGRESS", "RUNNING", "STOPPING", "STOPPED");
        assertThat(rig.count(job, "COMPLETED")).isEqualTo(3);
        assertThat(rig.jdbc
                        .sql("select count(*) from job_contact where job_id = :job and state = 'FAILED'"
                                + " and completion_code_id = 16 and version = 1")
                        .param("job", job)
                        .query(Long.class)
                        .single())
                .isEqualTo(37);
    }

    @Test
    void a_job_can_be_stopped_while_it_is_queued_filtered_or_paused() {
        long queued = rig.start(rig.campaign("FINITE", rig.list(0, 25)));
        rig.order("STOP", queued);
        duty.doWork(lease);
        assertThat(rig.history(queued)).containsExactly("QUEUED", "STOPPED");

        long filtered = rig.start(rig.campaign("FINITE", rig.list(0, 25)));
        duty.doWork(lease);
        duty.doWork(lease);
        rig.order("STOP", filtered);
        rig.settle(duty, lease);
        assertThat(rig.history(filtered)).containsExactly("QUEUED", "FILTER_IN_PROGRESS", "STOPPING", "STOPPED");
        assertThat(rig.count(filtered, "READY")).isZero();

        long paused = rig.start(rig.campaign("FINITE", rig.list(0, 25)));
        rig.order("PAUSE", paused);
        rig.settle(duty, lease);
        rig.order("STOP", paused);
        rig.settle(duty, lease);
        assertThat(rig.history(paused))
                .containsExactly("QUEUED", "FILTER_IN_PROGRESS", "PAUSED", "STOPPING", "STOPPED");
    }

    @Test
    void commands_that_make_no_sense_are_refused_with_the_reason() {
        long done = rig.start(rig.campaign("FINITE"));
        rig.settle(duty, lease);
        long late = rig.order("STOP", done);
        long nobody = rig.order("PAUSE", 999_999);
        long nothing = rig.command("PAUSE", "{\"job\": 1}");
        long text = rig.command("PAUSE", "{\"jobId\": \"1\"}");
        long negative = rig.command("PAUSE", "{\"jobId\": -1}");
        long huge = rig.command("PAUSE", "{\"jobId\": 99999999999999999999999}");
        long list = rig.command("PAUSE", "[]");
        long unknown = rig.command("PAINT", "{\"jobId\": " + done + "}");
        rig.settle(duty, lease);
        assertThat(rig.settled(late))
                .isEqualTo("REFUSED {\"refused\": \"a job in state COMPLETED cannot be stopped\"}");
        assertThat(rig.settled(nobody)).startsWith("REFUSED").contains("no job 999999");
        for (long bad : new long[] {nothing, text, negative, huge, list}) {
            assertThat(rig.settled(bad)).startsWith("REFUSED").contains("names no job");
        }
        assertThat(rig.settled(unknown)).startsWith("REFUSED").contains("unknown command");
        assertThat(rig.history(done)).hasSize(4);
    }

    @Test
    void commands_are_applied_in_the_order_in_which_they_were_given() {
        long job = rig.start(rig.campaign("FINITE", rig.list(0, 5)));
        rig.settle(duty, lease);
        for (int i = 0; i < 60; i++) {
            rig.order("PAUSE", job);
            rig.order("RESUME", job);
        }
        rig.order("STOP", job);
        rig.settle(duty, lease);
        assertThat(rig.history(job)).hasSize(3 + 120 + 2).endsWith("PAUSING", "RUNNING", "STOPPING", "STOPPED");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void a_filter_that_changes_hands_again_and_again_takes_every_contact_once(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int east = rig.zone("East " + seed);
        int first = rig.list(0, 60);
        int strangers = rig.list(0, 50);
        int second = rig.list(0, 33);
        int third = rig.list(east, 41);
        long job = rig.start(rig.campaign("FINITE", first, second, third));
        int takeovers = 0;
        while (!rig.state(job).equals("RUNNING")) {
            Lease now = rig.leases.takeOver(Scope.director());
            JobDuty owner = rig.duty(1 + random.nextInt(15));
            owner.takeOver(now);
            for (int steps = random.nextInt(3); steps > 0; steps--) {
                owner.doWork(now);
            }
            assertThat(++takeovers).isLessThan(1_000);
        }
        assertThat(takeovers).isGreaterThan(3);
        assertThat(rig.jdbc
                        .sql("""
                                select count(*) from contact c join contact_list l using (contact_list_id)
                                  full join (select * from job_contact where job_id = :job) j
                                    on j.contact_id = c.contact_id and j.zone_id = l.zone_id
                                 where (j.contact_id is null) <> (c.contact_id is null)
                                   and coalesce(c.contact_list_id, 0) not in
                                       (select contact_list_id from contact_list
                                         where contact_list_id not in (:first, :second, :third))
                                """)
                        .param("job", job)
                        .param("first", first)
                        .param("second", second)
                        .param("third", third)
                        .query(Long.class)
                        .single())
                .as("contacts missed or taken by mistake")
                .isZero();
        assertThat(rig.count(job, "READY")).isEqualTo(60 + 33 + 41);
        assertThat(strangers).isPositive();
        assertThat(rig.history(job)).containsExactly("QUEUED", "FILTER_IN_PROGRESS", "RUNNING");
    }

    @Test
    void a_contact_that_could_never_be_called_is_restricted_by_the_filter() {
        int list = rig.list(0, 3);
        rig.contacts(list, 2, "Etc/Unknown");
        long job = rig.start(rig.campaign("FINITE", list));
        rig.settle(duty, lease);
        assertThat(rig.count(job, "READY")).isEqualTo(3);
        assertThat(rig.count(job, "RESTRICTED")).isEqualTo(2);
        assertThat(rig.jdbc
                        .sql("select distinct completion_code_id from job_contact"
                                + " where job_id = :job and state = 'RESTRICTED'")
                        .param("job", job)
                        .query(Integer.class)
                        .single())
                .isEqualTo(12);
    }

    @Test
    void a_director_that_was_taken_over_writes_nothing_more() {
        long job = rig.start(rig.campaign("FINITE", rig.list(0, 25)));
        duty.doWork(lease);
        duty.doWork(lease);
        long before = rig.count(job, "READY");
        rig.leases.takeOver(Scope.director());
        assertThatThrownBy(() -> duty.doWork(lease)).isInstanceOf(Fenced.class);
        long pause = rig.order("PAUSE", job);
        assertThatThrownBy(() -> duty.doWork(lease)).isInstanceOf(Fenced.class);
        assertThat(rig.settled(pause)).startsWith("PENDING");
        assertThat(rig.count(job, "READY")).isEqualTo(before);
        assertThat(rig.history(job)).containsExactly("QUEUED", "FILTER_IN_PROGRESS");
        rig.direct();
        assertThat(rig.history(job)).containsExactly("QUEUED", "FILTER_IN_PROGRESS", "PAUSED");
    }

    @Test
    void a_row_that_somebody_else_has_written_is_a_bug_and_not_overwritten() {
        long job = rig.start(rig.campaign("FINITE", rig.list(0, 5)));
        JdbcJobStore store = new JdbcJobStore();
        Job read = store.toFilter(rig.jdbc).stream()
                .filter(candidate -> candidate.id().value() == job)
                .findFirst()
                .orElseThrow();
        rig.jdbc
                .sql("update job set version = version + 1 where job_id = :job")
                .param("job", job)
                .update();
        assertThatThrownBy(() -> store.wish(rig.jdbc, read, true, 1)).isInstanceOf(InvariantBroken.class);
        assertThatThrownBy(() ->
                        store.move(rig.jdbc, read, io.callisto.domain.job.JobState.FILTER_IN_PROGRESS, false, null, 1))
                .isInstanceOf(InvariantBroken.class);
        rig.jdbc
                .sql("update job set version = 1 where job_id = :job")
                .param("job", job)
                .update();
        rig.order("STOP", job);
        rig.direct();
    }

    @Test
    @Requirement("CM-1")
    void parts_of_jobs_are_allocated_to_live_managers_and_moved_only_when_theirs_is_gone() {
        int west = rig.zone("West");
        rig.managers();
        long job = rig.start(rig.campaign("FINITE", rig.list(0, 5), rig.list(west, 5)));
        rig.settle(duty, lease);
        assertThat(rig.allocations(job)).containsExactly("0=-", west + "=-");

        rig.managers("s2", "s3");
        rig.settle(duty, lease);
        assertThat(rig.allocations(job)).allMatch(part -> part.matches("\\d+=s[23]"));
        var before = rig.allocations(job);

        rig.manager("s1", "RUNNING");
        rig.settle(duty, lease);
        assertThat(rig.allocations(job)).as("a new manager takes nothing away").isEqualTo(before);

        rig.managers("s1", "s3");
        rig.settle(duty, lease);
        assertThat(rig.allocations(job)).allMatch(part -> part.matches("\\d+=s[13]"));

        rig.jdbc
                .sql("insert into service_wish values ('s3', 'campaign-manager', 'STOP', now(), 'test')")
                .update();
        rig.settle(duty, lease);
        assertThat(rig.allocations(job)).allMatch(part -> part.endsWith("=s1"));
        rig.jdbc.sql("delete from service_wish").update();

        rig.managers();
        rig.settle(duty, lease);
        assertThat(rig.allocations(job)).as("nobody is better than s1").allMatch(part -> part.endsWith("=s1"));
    }

    @Test
    @Requirement("CM-3")
    void a_dead_managers_jobs_are_given_away_at_the_next_look_without_waiting_for_the_sweep() {
        rig.managers("s1", "s2");
        long job = rig.start(rig.campaign("FINITE", rig.list(0, 5)));
        rig.settle(duty, lease);
        String owner = rig.allocations(job).get(0).substring(2);
        String other = owner.equals("s1") ? "s2" : "s1";
        rig.managers(other);
        // No time passes: this is what a wake-up by NOTIFY callisto_node does.
        duty.doWork(lease);
        assertThat(rig.allocations(job)).containsExactly("0=" + other);
    }

    @Test
    @Requirement("CM-6")
    void a_manager_that_returns_does_not_get_its_jobs_back() {
        rig.managers("s1", "s2");
        long job = rig.start(rig.campaign("FINITE", rig.list(0, 5)));
        rig.settle(duty, lease);
        String lost = rig.allocations(job).get(0).substring(2);
        String other = lost.equals("s1") ? "s2" : "s1";
        rig.managers(other);
        duty.doWork(lease);
        rig.manager(lost, "RUNNING");
        rig.settle(duty, lease);
        assertThat(rig.allocations(job)).containsExactly("0=" + other);
        rig.direct();
        assertThat(rig.allocations(job)).as("by the next director neither").containsExactly("0=" + other);
    }

    @Test
    @Requirement("CM-2")
    void a_manager_that_drains_or_is_silent_for_as_long_as_a_lease_lives_loses_its_jobs() {
        rig.managers("s1");
        long job = rig.start(rig.campaign("FINITE", rig.list(0, 5)));
        rig.settle(duty, lease);
        rig.manager("s2", "RUNNING");
        rig.jdbc
                .sql("update ha_node set state = 'DRAINING' where server = 's1'")
                .update();
        duty.doWork(lease);
        assertThat(rig.allocations(job)).containsExactly("0=s2");

        rig.manager("s3", "RUNNING");
        rig.jdbc
                .sql("update ha_lease set ttl_millis = 2500 where scope = 'director'")
                .update();
        rig.jdbc
                .sql("update ha_node set heartbeat_at = clock_timestamp() - interval '2600 ms' where server = 's2'")
                .update();
        duty.doWork(lease);
        assertThat(rig.allocations(job)).containsExactly("0=s3");
    }

    @Test
    @Requirement("CM-1")
    void a_part_goes_where_the_administrator_wishes_while_that_server_is_there() {
        rig.managers("s1", "s2");
        long job = rig.start(rig.campaign("FINITE", rig.list(0, 5)));
        rig.settle(duty, lease);
        rig.jdbc.sql("insert into server values ('s3') on conflict do nothing").update();
        rig.jdbc
                .sql("insert into scope_wish (scope, server, changed_by) values (:scope, 's3', 'test')")
                .param("scope", "job/" + job + "/0")
                .update();
        var before = rig.allocations(job);
        duty.doWork(lease);
        assertThat(rig.allocations(job)).as("s3 is away").isEqualTo(before);
        rig.manager("s3", "RUNNING");
        duty.doWork(lease);
        assertThat(rig.allocations(job)).containsExactly("0=s3");
        rig.jdbc.sql("delete from scope_wish").update();
        duty.doWork(lease);
        assertThat(rig.allocations(job)).as("it stays").containsExactly("0=s3");
    }

    @Test
    @Requirement("CD-15")
    void a_new_director_leaves_a_job_with_the_manager_that_helped_itself_to_it() {
        rig.managers("s1", "s2", "s3");
        long job = rig.start(rig.campaign("FINITE", rig.list(0, 5)));
        rig.settle(duty, lease);
        String lost = rig.allocations(job).get(0).substring(2);
        String helper = lost.equals("s3") ? "s2" : "s3";
        String idle = lost.equals("s1") ? (helper.equals("s2") ? "s3" : "s2") : "s1";
        rig.managers(idle);
        Lease held = rig.leases.claim(new Scope("job/" + job + "/0"));
        rig.jdbc
                .sql("""
                        update ha_node set server = :server, services = '{campaign-manager}',
                               endpoints = '{"campaign-manager": "127.0.0.1:0"}', process = 'campaign-manager'
                         where node_id = :node
                        """)
                .param("server", helper)
                .param("node", held.owner().value())
                .update();
        rig.direct();
        assertThat(rig.allocations(job)).containsExactly("0=" + helper);
    }

    @Test
    @Requirement("CD-2")
    void a_tenure_has_done_its_first_work_when_all_jobs_are_swept() {
        assertThat(duty.firstWorkDone(0)).isFalse();
        int done = duty.doWork(lease);
        assertThat(duty.firstWorkDone(done)).isTrue();
        assertThat(duty.firstWork()).isEqualTo("jobs swept");
    }

    @Test
    @Requirement("CD-2")
    void while_a_job_runs_each_look_is_fenced_so_that_a_stale_director_is_found_out() {
        rig.start(rig.campaign("FINITE", rig.list(0, 5)));
        rig.settle(duty, lease);
        rig.leases.takeOver(Scope.director());
        assertThatThrownBy(() -> duty.doWork(lease)).isInstanceOf(Fenced.class);
    }

    @Test
    @Requirement("CD-7")
    void pauses_and_resumes_given_while_nobody_directs_are_applied_in_order_and_once() {
        long job = rig.start(rig.campaign("FINITE", rig.list(0, 5)));
        rig.settle(duty, lease);
        long pause = rig.order("PAUSE", job);
        long resume = rig.order("RESUME", job);
        long again = rig.order("PAUSE", job);
        rig.direct();
        assertThat(rig.settled(pause)).isEqualTo("APPLIED {\"state\": \"PAUSING\"}");
        assertThat(rig.settled(resume)).isEqualTo("APPLIED {\"state\": \"RUNNING\"}");
        assertThat(rig.settled(again)).isEqualTo("APPLIED {\"state\": \"PAUSING\"}");
        var history = rig.history(job);
        assertThat(history)
                .containsExactly("QUEUED", "FILTER_IN_PROGRESS", "RUNNING", "PAUSING", "RUNNING", "PAUSING", "PAUSED");
        rig.direct();
        assertThat(rig.history(job)).as("a second takeover repeats nothing").isEqualTo(history);
    }

    @Test
    void a_zone_that_is_being_deleted_goes_once_nobody_owns_it() {
        int west = rig.zone("Leaving");
        Scope scope = new Scope("director/" + west);
        rig.leases.claim(scope);
        long order = rig.jdbc
                .sql("insert into command (scope, kind, requested_by)"
                        + " values (:scope, 'MOVE_ZONE', 'test') returning id")
                .param("scope", scope.value())
                .query(Long.class)
                .single();
        rig.jdbc.sql("insert into server values ('s1') on conflict do nothing").update();
        rig.jdbc
                .sql("insert into scope_wish (scope, server, changed_by) values (:scope, 's1', 'test')")
                .param("scope", scope.value())
                .update();
        rig.settle(duty, lease);
        assertThat(zones(west)).as("it is active").isEqualTo(1);
        rig.jdbc
                .sql("update zone set state = 'DELETING' where zone_id = :zone")
                .param("zone", west)
                .update();
        rig.settle(duty, lease);
        assertThat(zones(west)).as("it is owned").isEqualTo(1);
        rig.jdbc
                .sql("update ha_lease set state = 'RELEASED' where scope = :scope")
                .param("scope", scope.value())
                .update();
        rig.settle(duty, lease);
        assertThat(zones(west)).isZero();
        assertThat(rig.settled(order)).isEqualTo("REFUSED {\"refused\": \"the zone is deleted\"}");
        assertThat(rig.jdbc
                        .sql("select count(*) from scope_wish where scope = :scope")
                        .param("scope", scope.value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void a_zone_with_lists_is_never_removed_whatever_its_state() {
        int west = rig.zone("Kept");
        rig.list(west, 1);
        rig.jdbc
                .sql("update zone set state = 'DELETING' where zone_id = :zone")
                .param("zone", west)
                .update();
        rig.settle(duty, lease);
        assertThat(zones(west)).isEqualTo(1);
        rig.jdbc.sql("update zone set state = 'ACTIVE'").update();
    }

    private long zones(int zone) {
        return rig.jdbc
                .sql("select count(*) from zone where zone_id = :zone")
                .param("zone", zone)
                .query(Long.class)
                .single();
    }
}
