package io.callisto.manager.dialing;

import static io.callisto.manager.dialing.TestJob.retry;
import static io.callisto.manager.dialing.TestJob.strategy;
import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.domain.attempt.CallOutcome;
import io.callisto.gateway.client.GatewayUnavailable;
import io.callisto.ha.Fenced;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialingTakeoverTest {
    private static final String STRATEGY = strategy(
            3,
            retry("Call_Busy", "PT0S", 3) + "," + retry("Sys_Not_Placed", "PT0S", 3) + ","
                    + retry("Sys_No_Resource", "PT0S", 3));

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private final AtomicLong nanos = new AtomicLong(Duration.ofDays(1).toNanos());
    private final FakeGateway gateway = new FakeGateway("g1");
    private final FakeRules rules = new FakeRules();

    private Dialer dialer(TestJob job) {
        return Dialer.takeOver(DB.dataSource(), job, nanos, rules, gateway);
    }

    @Test
    @Requirement("CM-4")
    void calls_in_progress_are_adopted_in_the_state_that_the_gateway_tells() {
        TestJob job = TestJob.running(DB.dataSource(), STRATEGY, 10);
        Dialer old = dialer(job);
        old.run(() -> gateway.liveCalls() == 10);
        gateway.advance();

        Dialer next = dialer(job);
        next.steps(5);

        assertThat(job.count("select count(*) from attempt where job_id = :job and state = 'ANSWERED' and epoch = "
                        + next.lease().epoch()))
                .isEqualTo(10);
        next.run(job::finished);
        assertThat(job.attempts()).isEqualTo(10);
        assertThat(job.contacts("COMPLETED")).isEqualTo(10);
        Invariants.check(job, List.of(gateway));
    }

    @Test
    @Requirement("CM-4")
    void an_attempt_that_was_reserved_and_never_placed_is_settled_and_its_contact_called_by_the_next_owner() {
        TestJob job = TestJob.running(DB.dataSource(), STRATEGY, 10);
        Dialer old = dialer(job);
        // The owner dies between the commit of the reservation and its order.
        gateway.onPlace = () -> {
            throw new Crash();
        };
        try {
            old.run(() -> false);
        } catch (Crash died) {
            assertThat(job.liveAttempts()).isEqualTo(10);
        }
        gateway.onPlace = () -> {};

        Dialer next = dialer(job);
        next.run(job::finished);

        assertThat(job.attemptsWith("Sys_Not_Placed")).isEqualTo(10);
        assertThat(job.attemptsWith("Answer_Human")).isEqualTo(10);
        assertThat(job.count("select count(*) from job_contact where job_id = :job and attempts_made = 2"))
                .isEqualTo(10);
        Invariants.check(job, List.of(gateway));
    }

    @Test
    void the_epoch_is_announced_and_the_watch_runs_before_anything_is_resolved_or_placed() {
        TestJob job = TestJob.running(DB.dataSource(), STRATEGY, 10);
        Dialer old = dialer(job);
        old.run(() -> gateway.liveCalls() == 10);
        gateway.log().clear();

        dialer(job).steps(5);

        assertThat(gateway.log()).startsWith("announce", "watch", "resolve");
    }

    @Test
    @Requirement("CM-4")
    void a_gateway_that_does_not_answer_after_a_takeover_holds_up_nothing_at_the_others() {
        TestJob job = TestJob.running(DB.dataSource(), STRATEGY, 40);
        FakeGateway lost = new FakeGateway("g2");
        Dialer old = Dialer.takeOver(DB.dataSource(), job, nanos, rules, gateway, lost);
        old.run(() -> gateway.liveCalls() > 0 && lost.liveCalls() > 0);
        lost.down = true;
        int before = gateway.log().size();

        Dialer next = Dialer.takeOver(DB.dataSource(), job, nanos, rules, gateway, lost);
        next.run(() -> gateway.log().subList(before, gateway.log().size()).contains("resolve"));
        next.run(() -> job.contacts("READY") == 0 && job.contacts("COMPLETED") > 0);
        assertThat(job.liveAttempts())
                .as("those that only the lost gateway can tell of")
                .isPositive();

        lost.down = false;
        next.run(job::finished);
        Invariants.check(job, List.of(gateway, lost));
    }

    @Test
    @Requirement("CM-3")
    void the_first_work_of_a_tenure_is_the_first_call_that_a_gateway_took() {
        TestJob job = TestJob.running(DB.dataSource(), STRATEGY, 10);
        Dialer dialer = dialer(job);
        assertThat(dialer.firstWork()).isNull();
        dialer.run(() -> dialer.firstWork() != null);
        assertThat(dialer.firstWork()).isEqualTo("first call placed");
        assertThat(gateway.liveCalls()).isPositive();
    }

    @Test
    @Requirement("CM-3")
    void where_nothing_may_be_placed_the_first_work_is_to_have_looked_at_all_contacts() {
        TestJob empty = TestJob.running(DB.dataSource(), STRATEGY, 0);
        Dialer dialer = dialer(empty);
        dialer.run(() -> dialer.firstWork() != null);
        assertThat(dialer.firstWork()).isEqualTo("contacts swept");

        TestJob paused = TestJob.running(DB.dataSource(), STRATEGY, 10);
        paused.setState("PAUSED");
        Dialer resting = dialer(paused);
        resting.run(() -> resting.firstWork() != null);
        assertThat(resting.firstWork()).isEqualTo("contacts swept");
        assertThat(gateway.liveCalls()).isZero();
    }

    @Test
    void a_duty_that_starts_again_under_the_same_lease_goes_on_where_the_rows_are() {
        TestJob job = TestJob.running(DB.dataSource(), STRATEGY, 60);
        gateway.outcome = phone -> CallOutcome.BUSY;
        Dialer dialer = dialer(job);
        dialer.run(() -> job.attempts() > 30);

        dialer.restart();
        dialer.run(job::finished);

        assertThat(job.attempts()).isEqualTo(180);
        Invariants.check(job, List.of(gateway));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    @Requirement({"CM-4", "CM-5"})
    void random_histories_keep_the_invariants_and_end(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TestJob job = TestJob.running(DB.dataSource(), STRATEGY, 40);
        FakeGateway other = new FakeGateway("g2");
        List<FakeGateway> gateways = List.of(gateway, other);
        CallOutcome[] outcomes = CallOutcome.values();
        gateways.forEach(g -> g.outcome = phone -> outcomes[Math.floorMod(phone.hashCode(), outcomes.length)]);
        Dialer owner = Dialer.takeOver(DB.dataSource(), job, nanos, rules, gateway, other);
        @Nullable Dialer zombie = null;

        for (int i = 0; i < 120 && !job.finished(); i++) {
            FakeGateway one = gateways.get(random.nextInt(2));
            switch (random.nextInt(14)) {
                case 0 -> {
                    zombie = owner;
                    owner = Dialer.takeOver(DB.dataSource(), job, nanos, rules, gateway, other);
                }
                case 1 -> one.down = !one.down;
                case 2 -> one.placeMode = FakeGateway.PlaceMode.ANSWER_LOST;
                case 3 -> one.placeMode = FakeGateway.PlaceMode.ORDER_LOST;
                case 4 -> one.placeMode = FakeGateway.PlaceMode.NO_CAPACITY;
                case 5 -> one.placeMode = FakeGateway.PlaceMode.NORMAL;
                case 6 -> one.breakWatches();
                case 7 -> rules.away = !rules.away;
                case 8 -> job.setState(random.nextBoolean() ? "RUNNING" : "PAUSING");
                case 9 -> owner.restart();
                case 10 -> owner.pass(Duration.ofSeconds(random.nextInt(40)));
                default -> gateways.forEach(FakeGateway::advance);
            }
            owner.steps(1 + random.nextInt(4));
            if (zombie != null) {
                zombie = stepZombie(zombie);
            }
            Invariants.check(job, gateways);
        }

        gateways.forEach(g -> {
            g.down = false;
            g.placeMode = FakeGateway.PlaceMode.NORMAL;
        });
        rules.away = false;
        job.setState("RUNNING");
        owner.run(job::finished);
        Invariants.check(job, gateways);
        assertThat(job.liveAttempts()).isZero();
    }

    private static @Nullable Dialer stepZombie(Dialer zombie) {
        try {
            zombie.step();
            return zombie;
        } catch (Fenced | GatewayUnavailable ended) {
            return null;
        }
    }

    /** Ends the test's dialer at once, as a kill would: nothing catches it. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }
}
