package io.callisto.manager.dialing;

import static io.callisto.manager.dialing.TestJob.strategy;
import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One of two gateways is killed in the midst of a job. */
class DialingGatewayLossTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private final AtomicLong nanos = new AtomicLong(Duration.ofDays(1).toNanos());
    private final FakeGateway dead = gateway("g1");
    private final FakeGateway other = gateway("g2");
    private final TestJob job = TestJob.running(DB.dataSource(), strategy(3, ""), 60);
    private final Dialer dialer = Dialer.takeOver(DB.dataSource(), job, nanos, new FakeRules(), dead, other);

    private static FakeGateway gateway(String id) {
        FakeGateway gateway = new FakeGateway(id);
        gateway.capacity = 10;
        return gateway;
    }

    private int dialUntilTheKill() {
        // Calls stand still until both gateways are full.
        dialer.steps(40);
        assertThat(List.of(dead.liveCalls(), other.liveCalls())).containsExactly(10, 10);
        dead.down = true;
        dead.breakWatches();
        return other.timesPlaced().size();
    }

    @Test
    @Requirement("CM-5")
    void dialing_goes_on_over_the_other_one_at_once() {
        int before = dialUntilTheKill();
        int steps = 0;
        while (other.timesPlaced().size() == before && steps < 20) {
            other.advance();
            dialer.step();
            steps++;
        }
        // A call must end before there is room for the next; no step waits for the dead gateway.
        assertThat(steps).isLessThan(10);
        dialer.run(() -> other.timesPlaced().size() == 50);
        assertThat(dead.timesPlaced()).hasSize(10);
        assertThat(job.contacts("IN_ATTEMPT")).isGreaterThanOrEqualTo(10);
        Invariants.check(job, List.of(dead, other));
    }

    @Test
    @Requirement("CM-5")
    void what_was_in_flight_is_resolved_when_the_gateway_is_back_with_its_registry() {
        dialUntilTheKill();
        dialer.run(() -> other.timesPlaced().size() == 50);
        dead.down = false;
        dialer.run(job::finished);
        assertThat(job.contactsWith("COMPLETED", "Answer_Human")).isEqualTo(60);
        assertThat(job.attempts()).isEqualTo(60);
        Invariants.check(job, List.of(dead, other));
    }

    @Test
    @Requirement("CM-5")
    void what_was_in_flight_is_in_doubt_once_the_gateway_has_been_away_too_long() {
        dialUntilTheKill();
        dialer.run(() -> other.timesPlaced().size() == 50);
        dialer.pass(Duration.ofSeconds(200));
        dialer.run(job::finished);
        assertThat(job.contactsWith("FAILED", "Sys_Attempt_In_Doubt")).isEqualTo(10);
        assertThat(job.attempts()).isEqualTo(60);
        Invariants.check(job, List.of(dead, other));
    }
}
