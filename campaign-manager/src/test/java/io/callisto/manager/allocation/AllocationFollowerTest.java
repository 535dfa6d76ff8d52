package io.callisto.manager.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.ha.FakeCoordinator;
import io.callisto.ha.Lease;
import io.callisto.ha.Scope;
import io.callisto.ha.TestLeases;
import io.callisto.manager.dialing.JobRows;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Managers of three servers on one database, with directors and managers that die. */
@Requirement("CD-15")
class AllocationFollowerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private final JdbcClient jdbc = JdbcClient.create(DB.dataSource());
    private final TestLeases leases = new TestLeases(DB.dataSource());
    private final FakeCoordinator second = new FakeCoordinator("s2", System::nanoTime);
    private final FakeCoordinator third = new FakeCoordinator("s3", System::nanoTime);
    private final AllocationFollower managerOfSecond = manager(second);
    private final AllocationFollower managerOfThird = manager(third);
    private Lease director;
    private String scope;
    private UUID first;

    private static AllocationFollower manager(FakeCoordinator coordinator) {
        return new AllocationFollower(
                new JdbcAllocationStore(DB.dataSource()),
                coordinator.register("campaign-manager"),
                (job, zone) -> (lease, wakeUp) -> {
                    throw new AssertionError("nobody becomes an owner here");
                },
                PATIENCE);
    }

    @BeforeEach
    void a_job_of_s1_is_dialed_by_it() {
        jdbc.sql("update job set state = 'COMPLETED', completed_at = clock_timestamp() where state = 'RUNNING'")
                .update();
        jdbc.sql("update ha_node set state = 'DEAD', died_at = clock_timestamp()")
                .update();
        long job = JobRows.running(DB.dataSource(), 1);
        scope = "job/" + job + "/0";
        director = leases.takeOver(Scope.director());
        jdbc.sql("update ha_transition set first_work_at = clock_timestamp() where epoch = :epoch")
                .param("epoch", director.epoch())
                .update();
        first = leases.takeOver(new Scope(scope)).owner().value();
        jdbc.sql("update ha_node set server = 's1' where node_id = :node")
                .param("node", first)
                .update();
        announce("s2");
        announce("s3");
    }

    private void announce(String server) {
        jdbc.sql("""
                        insert into ha_node (node_id, server, process, pid, services, endpoints, state)
                        values (gen_random_uuid(), :server, 'campaign-manager', 1, '{campaign-manager}',
                                '{"campaign-manager": "127.0.0.1:0"}', 'RUNNING')
                        """).param("server", server).update();
    }

    private void diedAgo(UUID node, Duration ago) {
        jdbc.sql("""
                        update ha_node set state = 'DEAD', died_at = clock_timestamp() - :ago * interval '1 ms'
                         where node_id = :node
                        """).param("ago", ago.toMillis()).param("node", node).update();
    }

    private void follow() {
        managerOfSecond.follow();
        managerOfThird.follow();
    }

    @Test
    void a_job_of_a_dead_manager_waits_for_the_director_while_there_is_one() {
        diedAgo(first, Duration.ofMinutes(1));
        follow();
        assertThat(second.standing()).isEmpty();
        assertThat(third.standing()).isEmpty();
        assertThat(managerOfSecond.follow()).isEqualTo(Sight.Director.SETTLED);
    }

    @Test
    void director_and_manager_lost_together_leave_the_job_to_exactly_one_other_manager_after_a_while() {
        diedAgo(first, Duration.ofMillis(100));
        diedAgo(director.owner().value(), Duration.ofMillis(100));
        follow();
        assertThat(managerOfSecond.follow()).isEqualTo(Sight.Director.MISSING);
        assertThat(second.standing())
                .as("another director may come at any moment")
                .isEmpty();

        diedAgo(director.owner().value(), PATIENCE.plusMillis(1));
        follow();
        follow();
        assertThat(second.standing()).containsExactly(scope);
        assertThat(third.standing()).isEmpty();
        assertThat(jdbc.sql("select allocated_to from job_zone where 'job/' || job_id || '/0' = :scope")
                        .param("scope", scope)
                        .query(String.class)
                        .single())
                .as("the allocation is the director's to write")
                .isEqualTo("s1");
    }

    @Test
    void a_director_that_only_lost_its_lease_counts_as_lost_too() {
        diedAgo(first, Duration.ofSeconds(9));
        jdbc.sql("update ha_lease set expires_at = clock_timestamp() - interval '1900 ms' where scope = 'director'")
                .update();
        follow();
        assertThat(second.standing()).isEmpty();
        jdbc.sql("update ha_lease set expires_at = clock_timestamp() - interval '2100 ms' where scope = 'director'")
                .update();
        follow();
        assertThat(second.standing()).containsExactly(scope);
    }

    @Test
    void a_job_that_is_dialed_is_left_alone_whatever_became_of_the_director() {
        diedAgo(director.owner().value(), Duration.ofMinutes(1));
        follow();
        assertThat(second.standing()).isEmpty();
        assertThat(third.standing()).isEmpty();
    }

    @Test
    void what_was_taken_is_kept_over_the_next_directors_arrival_and_given_up_when_it_says_so() {
        diedAgo(first, Duration.ofMinutes(1));
        diedAgo(director.owner().value(), Duration.ofMinutes(1));
        follow();
        assertThat(second.standing()).containsExactly(scope);

        Lease next = leases.takeOver(Scope.director());
        assertThat(managerOfSecond.follow()).isEqualTo(Sight.Director.NEW);
        assertThat(second.standing()).as("it has not looked yet").containsExactly(scope);

        jdbc.sql("update job_zone set allocated_to = 's3' where 'job/' || job_id || '/0' = :scope")
                .param("scope", scope)
                .update();
        jdbc.sql("update ha_transition set first_work_at = clock_timestamp() where epoch = :epoch")
                .param("epoch", next.epoch())
                .update();
        follow();
        assertThat(second.standing()).isEmpty();
        assertThat(third.standing()).containsExactly(scope);
    }
}
