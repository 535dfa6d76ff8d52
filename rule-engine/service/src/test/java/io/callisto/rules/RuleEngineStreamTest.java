package io.callisto.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.ha.FakeCoordinator;
import io.callisto.ha.Fenced;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import io.callisto.ha.RoleDuty;
import io.callisto.ha.Scope;
import io.callisto.ha.TestLeases;
import io.callisto.rules.client.FakeRuleEngine;
import io.callisto.rules.client.RuleEngineClient;
import io.callisto.rules.client.RuleEngineUnavailable;
import io.callisto.rules.v1.Candidate;
import io.callisto.rules.v1.Decision;
import io.callisto.rules.v1.DecisionBatch;
import io.callisto.rules.v1.EvaluateBatch;
import io.callisto.rules.v1.Restrictions;
import io.callisto.rules.v1.RuleEngineGrpc;
import io.callisto.rules.v1.Verdict;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class RuleEngineStreamTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Instant NOW = Instant.parse("2027-01-04T12:00:00Z");

    private final TestLeases leases = new TestLeases(DB.dataSource());
    private final JdbcClient jdbc = JdbcClient.create(DB.dataSource());
    private final AtomicLong nanos = new AtomicLong();
    private final FakeCoordinator coordinator = new FakeCoordinator("s1", nanos::get);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RuleEngineRunner engine = engine(coordinator);
    private final RuleEngineClient client = new RuleEngineClient(coordinator.directory(), System::nanoTime);

    private @Nullable Lease held;
    private @Nullable RoleDuty duty;

    private RuleEngineRunner engine(FakeCoordinator coordinator) {
        Mastership mastership = new Mastership(coordinator.ticker());
        return new RuleEngineRunner(
                coordinator,
                new FencedTransaction(DB.dataSource(), coordinator.ticker()),
                mastership,
                new EvaluateEndpoint(mastership, new RuleEngineMetrics(registry), coordinator.ticker()),
                new RuleEngineProperties(0, Duration.ofSeconds(2), 2),
                new AddressProperties("127.0.0.1", null));
    }

    @BeforeEach
    void start() {
        jdbc.sql("delete from rule").update();
        engine.start();
        coordinator.owner(Scope.ruleEngine(), "s1", addressOf(coordinator));
    }

    @AfterEach
    void stop() {
        client.close();
        engine.stop();
    }

    @Test
    @Requirement("RE-1")
    void the_master_decides_over_the_stream_and_says_its_epoch() {
        rule("Not Germany", "country == '49'", "RESTRICT", 1);
        Lease lease = leases.claim(Scope.ruleEngine());
        own(lease);
        DecisionBatch decided = client.evaluate(
                batch().addCandidates(candidate(1))
                        .addCandidates(candidate(2).setDoNotCall(true))
                        .addCandidates(candidate(3).setPhoneCountry("49"))
                        .addCandidates(candidate(4)
                                .setNumberLastAttemptEpochMillis(
                                        NOW.minusSeconds(60).toEpochMilli()))
                        .addCandidates(candidate(5).clearZoneIds().addZoneIds("America/New_York"))
                        .addCandidates(candidate(6).setAttemptsMade(3))
                        .build(),
                LONG);
        assertThat(decided.getEpoch()).isEqualTo(lease.epoch());
        assertThat(decided.getDecisionsList())
                .containsExactly(
                        decision(1, Verdict.ALLOW, "", null),
                        decision(2, Verdict.RESTRICT, "Do_Not_Call", null),
                        decision(3, Verdict.RESTRICT, "Not Germany", null),
                        decision(4, Verdict.DEFER, "Minimum_Gap", NOW.plusSeconds(3_540)),
                        decision(5, Verdict.DEFER, "Calling_Window", Instant.parse("2027-01-04T14:00:00Z")),
                        decision(6, Verdict.RESTRICT, "Max_Attempts", null));
        assertThat(registry.get("callisto.rules.decisions")
                        .tag("verdict", "RESTRICT")
                        .counter()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void rules_that_change_are_in_force_soon_and_a_broken_one_holds_back_only_what_it_binds() {
        own(leases.claim(Scope.ruleEngine()));
        assertThat(verdictOf(candidate(1))).isEqualTo(Verdict.ALLOW);
        int rule = rule("no more", "attempts_made >= 1", "DEFER", 1);
        workAfter(Duration.ofSeconds(1));
        assertThat(verdictOf(candidate(1).setAttemptsMade(1))).isEqualTo(Verdict.ALLOW);
        workAfter(Duration.ofSeconds(2));
        assertThat(verdictOf(candidate(1).setAttemptsMade(1))).isEqualTo(Verdict.DEFER);
        assertThat(verdictOf(candidate(1))).isEqualTo(Verdict.ALLOW);

        jdbc.sql("update rule set expression = 'attempts_made >=' where rule_id = :id")
                .param("id", rule)
                .update();
        workAfter(Duration.ofSeconds(2));
        Decision held = client.evaluate(batch().addCandidates(candidate(1)).build(), LONG)
                .getDecisions(0);
        assertThat(held).isEqualTo(decision(1, Verdict.DEFER, "no more", NOW.plus(Duration.ofMinutes(15))));

        jdbc.sql("update rule set enabled = false").update();
        workAfter(Duration.ofSeconds(2));
        assertThat(verdictOf(candidate(1))).isEqualTo(Verdict.ALLOW);
    }

    @Test
    @Requirement("RE-3")
    void the_first_decision_under_an_epoch_is_its_first_work_and_wakes_the_role() {
        for (int tenure = 0; tenure < 2; tenure++) {
            own(leases.takeOver(Scope.ruleEngine()));
            int wakeUps = coordinator.wakeUps(Scope.ruleEngine());
            assertThat(duty().firstWorkDone(0)).isFalse();
            verdictOf(candidate(1));
            // The caller may have its answer a moment before the role has heard of it.
            await().untilAsserted(() -> {
                assertThat(duty().firstWorkDone(0)).isTrue();
                assertThat(coordinator.wakeUps(Scope.ruleEngine())).isEqualTo(wakeUps + 1);
            });
            verdictOf(candidate(2));
            assertThat(coordinator.wakeUps(Scope.ruleEngine())).isEqualTo(wakeUps + 1);
        }
    }

    @Test
    @Requirement("RE-4")
    void a_master_that_was_taken_over_learns_it_within_a_quarter_of_a_second() {
        own(leases.claim(Scope.ruleEngine()));
        workAfter(Duration.ofMillis(250));
        leases.takeOver(Scope.ruleEngine());
        workAfter(Duration.ofMillis(100));
        assertThatExceptionOfType(Fenced.class).isThrownBy(() -> workAfter(Duration.ofMillis(150)));
    }

    @Test
    @Requirement("RE-1")
    void a_standby_refuses() throws Exception {
        assertThatExceptionOfType(RuleEngineUnavailable.class)
                .isThrownBy(() ->
                        client.evaluate(batch().addCandidates(candidate(1)).build(), SHORT));
        assertThat(rawAnswer()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        own(leases.claim(Scope.ruleEngine()));
        assertThat(verdictOf(candidate(1))).isEqualTo(Verdict.ALLOW);
        coordinator.lose(Scope.ruleEngine());
        assertThat(rawAnswer()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    }

    @Test
    void a_master_whose_deadline_has_passed_is_silent_although_nobody_told_its_duty() throws Exception {
        Lease lease = leases.claim(Scope.ruleEngine());
        own(lease);
        assertThat(rawAnswer()).isEqualTo(Status.Code.OK);
        coordinator.believe(new Lease(lease.scope(), lease.epoch(), lease.owner(), -1));
        assertThat(rawAnswer()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        // a later ownership of which the rules have not been read yet
        coordinator.believe(new Lease(lease.scope(), lease.epoch() + 1, lease.owner(), lease.deadlineNanos()));
        assertThat(rawAnswer()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        coordinator.believe(lease);
        assertThat(rawAnswer()).isEqualTo(Status.Code.OK);
    }

    @Test
    void a_deposed_master_that_still_answers_is_not_believed() {
        FakeCoordinator other = new FakeCoordinator();
        RuleEngineRunner next = engine(other);
        next.start();
        AtomicReference<String> master = new AtomicReference<>(addressOf(coordinator));
        try (RuleEngineClient wanderer =
                new RuleEngineClient(FakeRuleEngine.directoryOf(master::get), System::nanoTime)) {
            EvaluateBatch one = batch().addCandidates(candidate(1)).build();
            Lease old = leases.claim(Scope.ruleEngine());
            own(old);
            assertThat(wanderer.evaluate(one, LONG).getEpoch()).isEqualTo(old.epoch());
            Lease taken = leases.takeOver(Scope.ruleEngine());
            other.claim(taken);
            master.set(addressOf(other));
            engine.stop();
            assertThat(wanderer.evaluate(one, LONG).getEpoch()).isEqualTo(taken.epoch());

            // the zombie is back, believes in its old lease, and a stale directory still names it
            next.stop();
            engine.start();
            coordinator.believe(old);
            own(leases.claim(Scope.ruleEngine()));
            coordinator.believe(old);
            master.set(addressOf(coordinator));
            assertThatExceptionOfType(RuleEngineUnavailable.class).isThrownBy(() -> wanderer.evaluate(one, SHORT));
        } finally {
            next.stop();
        }
    }

    @Test
    void a_batch_that_makes_no_sense_is_put_off_and_the_stream_goes_on() {
        own(leases.claim(Scope.ruleEngine()));
        EvaluateBatch.Builder noTime = batch().setNowEpochMillis(0).addCandidates(candidate(1));
        EvaluateBatch.Builder badWindow = batch().addCandidates(candidate(1));
        badWindow.getRestrictionsBuilder().setWindowStart("9 o'clock");
        EvaluateBatch.Builder negative = batch().addCandidates(candidate(-1));
        for (EvaluateBatch.Builder senseless : new EvaluateBatch.Builder[] {noTime, badWindow, negative}) {
            Decision decision = client.evaluate(senseless.build(), LONG).getDecisions(0);
            assertThat(decision.getVerdict()).isEqualTo(Verdict.DEFER);
            assertThat(decision.getRule()).isEqualTo("Invalid_Request");
        }
        assertThat(verdictOf(candidate(1))).isEqualTo(Verdict.ALLOW);
    }

    private void own(Lease lease) {
        held = lease;
        duty = coordinator.claim(lease);
    }

    private RoleDuty duty() {
        return Objects.requireNonNull(duty);
    }

    private void workAfter(Duration time) {
        nanos.addAndGet(time.toNanos());
        duty().doWork(Objects.requireNonNull(held));
    }

    private static String addressOf(FakeCoordinator coordinator) {
        return Objects.requireNonNull(
                coordinator.published(RuleEngineClient.ENDPOINT).get(RuleEngineClient.ENDPOINT));
    }

    /** How a stream of its own ends that sends one batch. */
    private Status.Code rawAnswer() throws Exception {
        ManagedChannel channel = Grpc.newChannelBuilder(
                        "dns:///" + addressOf(coordinator), InsecureChannelCredentials.create())
                .build();
        try {
            CompletableFuture<Status.Code> end = new CompletableFuture<>();
            StreamObserver<EvaluateBatch> requests = RuleEngineGrpc.newStub(channel)
                    .evaluate(new StreamObserver<>() {
                        @Override
                        public void onNext(DecisionBatch reply) {
                            end.complete(Status.Code.OK);
                        }

                        @Override
                        public void onError(Throwable cause) {
                            end.complete(Status.fromThrowable(cause).getCode());
                        }

                        @Override
                        public void onCompleted() {
                            end.complete(Status.Code.UNKNOWN);
                        }
                    });
            requests.onNext(batch().addCandidates(candidate(1)).build());
            return end.get(10, TimeUnit.SECONDS);
        } finally {
            channel.shutdownNow();
        }
    }

    private Verdict verdictOf(Candidate.Builder candidate) {
        return client.evaluate(batch().addCandidates(candidate).build(), LONG)
                .getDecisions(0)
                .getVerdict();
    }

    private int rule(String name, String expression, String verdict, int position) {
        return jdbc.sql("""
                        insert into rule (name, expression, verdict, position)
            values (:name, :expression, :verdict, :position) returning rule_id\
            """)
                .param("name", name)
                .param("expression", expression)
                .param("verdict", verdict)
                .param("position", position)
                .query(Integer.class)
                .single();
    }

    private static EvaluateBatch.Builder batch() {
        return EvaluateBatch.newBuilder()
                .setBatchId(1)
                .setCampaignId(1)
                .setNowEpochMillis(NOW.toEpochMilli())
                .setRestrictions(Restrictions.newBuilder()
                        .setWindowStart("09:00")
                        .setWindowEnd("20:00")
                        .setMaxAttempts(3)
                        .setMinGapMillis(3_600_000));
    }

    private static Candidate.Builder candidate(long id) {
        return Candidate.newBuilder()
                .setContactId(id)
                .addZoneIds("Europe/Berlin")
                .setPhoneCountry("44");
    }

    private static Decision decision(long id, Verdict verdict, String rule, @Nullable Instant until) {
        return Decision.newBuilder()
                .setContactId(id)
                .setVerdict(verdict)
                .setRule(rule)
                .setNotBeforeEpochMillis(until == null ? 0 : until.toEpochMilli())
                .build();
    }
}
