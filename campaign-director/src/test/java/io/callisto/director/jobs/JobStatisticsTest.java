package io.callisto.director.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.EventType;
import io.callisto.event.contract.JobStatisticsEvent;
import io.callisto.event.contract.validation.EventValidator;
import io.callisto.ha.Fenced;
import io.callisto.ha.Lease;
import io.callisto.ha.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JobStatisticsTest {
    private static final int LIVE = 1;
    private static final int BUSY = 3;
    private static final int IN_DOUBT = 10;
    private static final int DO_NOT_CALL = 13;

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private final EventJson json = new EventJson();
    private final EventValidator validator = new EventValidator();
    private JobRig rig;
    private Lease lease;
    private JobDuty duty;

    @BeforeEach
    void open() {
        rig = new JobRig(DB.dataSource());
        // Jobs of other tests would be told of too.
        rig.jdbc
                .sql("update job set state = 'FAILED', completed_at = now() where completed_at is null")
                .update();
        lease = rig.leases.takeOver(Scope.director());
        duty = rig.duty(10);
        duty.takeOver(lease);
    }

    @Test
    @Requirement("EV-1")
    void every_change_of_a_jobs_state_comes_with_its_statistics() {
        long job = rig.start(rig.campaign("FINITE", rig.list(0, 25)));
        rig.settle(duty, lease);
        rig.setContacts(job, "READY", "COMPLETED", LIVE, 20);
        rig.setContacts(job, "READY", "RESTRICTED", DO_NOT_CALL, 5);
        rig.settle(duty, lease);

        List<JobStatisticsEvent> events = events(job);

        assertThat(events)
                .extracting(JobStatisticsEvent::state)
                .containsExactly("FILTER_IN_PROGRESS", "RUNNING", "COMPLETED");
        assertThat(events.get(0).contacts()).isEqualTo(new JobStatisticsEvent.Contacts(0, 0, 0, 0, 0, 0));
        assertThat(events.get(1).contacts()).isEqualTo(new JobStatisticsEvent.Contacts(25, 25, 0, 0, 0, 0));
        assertThat(events.get(2).contacts()).isEqualTo(new JobStatisticsEvent.Contacts(25, 0, 0, 20, 5, 0));
        assertThat(rig.history(job)).as("the job's own sequence is not touched").hasSize(4);
        assertThat(rig.drift(job)).isEmpty();
    }

    @Test
    void a_job_that_works_is_told_of_at_the_cadence_and_one_that_rests_is_not() {
        long job = running(10);
        rig.settle(duty, lease);
        assertThat(events(job)).as("too early").hasSize(2);

        age(job, Duration.ofSeconds(11));
        rig.settle(duty, lease);
        assertThat(events(job)).hasSize(3).last().satisfies(event -> {
            assertThat(event.state()).isEqualTo("RUNNING");
            assertThat(event.rates().seconds()).isBetween(11.0, 60.0);
        });

        rig.order("PAUSE", job);
        rig.settle(duty, lease);
        int paused = events(job).size();
        assertThat(events(job).get(paused - 1).state()).isEqualTo("PAUSED");
        age(job, Duration.ofSeconds(100));
        rig.settle(duty, lease);
        assertThat(events(job)).as("a paused job has nothing to tell").hasSize(paused);
        rig.order("RESUME", job);
        rig.settle(duty, lease);
        assertThat(events(job)).last().satisfies(event -> {
            assertThat(event.state()).isEqualTo("RUNNING");
            assertThat(event.rates().seconds()).as("the pause").isGreaterThan(99);
        });
    }

    @Test
    void attempts_are_told_by_class_and_add_up() {
        long job = running(10);
        attempts(job, LIVE, 3);
        attempts(job, BUSY, 2);
        attempts(job, IN_DOUBT, 1);
        age(job, Duration.ofSeconds(20));
        rig.settle(duty, lease);

        JobStatisticsEvent event = last(job);

        assertThat(event.attempts()).isEqualTo(new JobStatisticsEvent.Attempts(6, 3, 0, 2, 0, 0, 0, 0, 0, 1));
        assertThat(event.rates().hitPercent()).isEqualTo(50);
        assertThat(event.rates().seconds()).isBetween(20.0, 80.0);
        assertThat(event.rates().attemptsPerHour())
                .isCloseTo(6 * 3_600 / event.rates().seconds(), within(1.0));
        age(job, Duration.ofSeconds(20));
        rig.settle(duty, lease);
        assertThat(last(job).rates().attemptsPerHour()).as("nothing since").isZero();
        assertThat(last(job).attempts()).isEqualTo(event.attempts());
        assertThat(rig.drift(job)).isEmpty();
    }

    @Test
    @Requirement("EV-5")
    void another_director_goes_on_with_the_sequence_and_the_true_interval() {
        long job = running(10);
        int before = events(job).size();
        age(job, Duration.ofSeconds(35));
        attempts(job, LIVE, 7);

        Lease next = rig.leases.takeOver(Scope.director());
        JobDuty successor = rig.duty(10);
        successor.takeOver(next);
        rig.settle(successor, next);

        assertThat(events(job)).hasSize(before + 1);
        JobStatisticsEvent event = last(job);
        assertThat(event.epoch()).isEqualTo(next.epoch());
        assertThat(event.rates().seconds()).isBetween(35.0, 95.0);
        assertThat(event.rates().attemptsPerHour())
                .isCloseTo(7 * 3_600 / event.rates().seconds(), within(1.0));

        age(job, Duration.ofSeconds(35));
        assertThatThrownBy(() -> rig.settle(duty, lease)).isInstanceOf(Fenced.class);
        assertThat(events(job)).as("the former director wrote nothing").hasSize(before + 1);
    }

    @Test
    void switched_off_they_are_not_written() {
        JobDuty silent = rig.duty(10, Duration.ZERO);
        long job = rig.start(rig.campaign("FINITE", rig.list(0, 5)));
        rig.settle(silent, lease);
        assertThat(rig.state(job)).isEqualTo("RUNNING");
        assertThat(events(job)).isEmpty();

        rig.settle(duty, lease);
        age(job, Duration.ofSeconds(11));
        rig.settle(duty, lease);
        assertThat(events(job)).as("switched on again").hasSize(1);
    }

    @Test
    void a_stopped_job_and_one_that_never_began_end_with_their_statistics() {
        long stopped = running(25);
        long queued = rig.start(rig.campaign("FINITE"));
        rig.order("STOP", queued);
        rig.order("STOP", stopped);
        rig.settle(duty, lease);

        assertThat(last(queued).state()).isEqualTo("STOPPED");
        assertThat(last(stopped).state()).isEqualTo("STOPPED");
        assertThat(last(stopped).contacts()).isEqualTo(new JobStatisticsEvent.Contacts(25, 0, 0, 0, 0, 25));
        assertThat(rig.drift(stopped)).isEmpty();
    }

    private long running(int contacts) {
        long job = rig.start(rig.campaign("FINITE", rig.list(0, contacts)));
        rig.settle(duty, lease);
        assertThat(rig.state(job)).isEqualTo("RUNNING");
        return job;
    }

    /** Lets the last event of a job be so old. */
    private void age(long job, Duration age) {
        int changed = rig.jdbc
                .sql("""
                        update job_statistics set at = clock_timestamp() - :age * interval '1 second'
                         where job_id = :job
                        """)
                .param("age", age.toSeconds())
                .param("job", job)
                .update();
        if (changed == 0) {
            rig.jdbc
                    .sql("update job set created_at = clock_timestamp() - interval '1 minute' where job_id = :job")
                    .param("job", job)
                    .update();
        }
    }

    private void attempts(long job, int code, int count) {
        rig.jdbc
                .sql("""
                        insert into attempt (attempt_id, job_id, contact_id, attempt_no, organisation_id, zone_id,
                                             phone_number, owner_scope, epoch, gateway_id, gateway_incarnation, state,
                                             completion_code_id, completed_at, state_deadline)
                        select gen_random_uuid(), job_id, contact_id,
                               1 + (select count(*) from attempt a
                                     where a.job_id = c.job_id and a.contact_id = c.contact_id),
                               0, zone_id, '+4930123456', 'job/1/0', 1, 'g1', 1, 'COMPLETED', :code, now(), now()
                          from job_contact c where job_id = :job order by contact_id limit :count
                        """)
                .param("job", job)
                .param("code", code)
                .param("count", count)
                .update();
    }

    private JobStatisticsEvent last(long job) {
        List<JobStatisticsEvent> events = events(job);
        return events.get(events.size() - 1);
    }

    /** The statistics events of a job; each must be valid by its schema, and their sequence without gap. */
    private List<JobStatisticsEvent> events(long job) {
        List<String> values = rig.jdbc
                .sql("""
                        select payload from event_outbox
                         where event_type = 'JOBSTATISTICS' and aggregate_id = :job order by id
                        """)
                .param("job", Long.toString(job))
                .query(String.class)
                .list();
        assertThat(values)
                .allSatisfy(value -> assertThat(validator.schemaProblems(EventType.JOBSTATISTICS, value))
                        .isEmpty());
        List<JobStatisticsEvent> events = values.stream()
                .map(value -> json.read(JobStatisticsEvent.class, value))
                .toList();
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).seq()).isEqualTo(i + 1);
        }
        assertThat(events).extracting(JobStatisticsEvent::at).isSortedAccordingTo(Instant::compareTo);
        return events;
    }
}
