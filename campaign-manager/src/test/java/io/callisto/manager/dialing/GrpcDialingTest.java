package io.callisto.manager.dialing;

import static io.callisto.manager.dialing.TestJob.retry;
import static io.callisto.manager.dialing.TestJob.strategy;
import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import io.callisto.domain.TimeOrderedIds;
import io.callisto.gateway.client.GatewayClient;
import io.callisto.gateway.v1.CallOutcome;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import io.callisto.ha.TestLeases;
import io.callisto.manager.gateway.GrpcCallGateway;
import io.callisto.outbox.JdbcOutboxStore;
import io.callisto.rules.client.FakeRuleEngine;
import io.callisto.rules.client.RuleEngineClient;
import io.callisto.rules.v1.Decision;
import io.callisto.rules.v1.EvaluateBatch;
import io.callisto.rules.v1.Verdict;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The dial path over the real contracts, with the clients' own fakes on the other side. */
class GrpcDialingTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private io.callisto.gateway.client.FakeGateway gateway;
    private FakeRuleEngine rules;
    private GatewayClient gatewayClient;
    private RuleEngineClient ruleClient;
    private ExecutorService threads;

    @BeforeEach
    void start() {
        gateway = io.callisto.gateway.client.FakeGateway.start("g1");
        rules = new FakeRuleEngine();
        gatewayClient = gateway.client();
        ruleClient = new RuleEngineClient(rules.directory(), System::nanoTime);
        threads = Executors.newCachedThreadPool();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        gatewayClient.close();
        ruleClient.close();
        gateway.close();
        rules.close();
    }

    private DialingDuty duty(TestJob job) {
        TimeOrderedIds ids = new TimeOrderedIds(Clock.systemUTC(), new Random());
        return new DialingDuty(
                new DialerParts(
                        new FencedTransaction(DB.dataSource(), TestLeases.TICKER),
                        new JdbcDialingStore(DB.dataSource()),
                        new JdbcAttemptStore(DB.dataSource()),
                        new AttemptJournal(new JdbcOutboxStore(), ids),
                        new GrpcRuleCheck(ruleClient, Duration.ofSeconds(2)),
                        List.of(new GrpcCallGateway(gatewayClient)),
                        QueueMirror.NONE,
                        threads,
                        System::nanoTime,
                        ids,
                        new DialingMetrics(new SimpleMeterRegistry()),
                        DialingProperties.DEFAULTS),
                job.id,
                job.zone);
    }

    private static void run(DialingDuty duty, Lease lease, BooleanSupplier until) {
        long start = System.nanoTime();
        while (!until.getAsBoolean()) {
            assertThat(System.nanoTime() - start).as("nanoseconds").isLessThan(LIMIT.toNanos());
            if (duty.doWork(lease) == 0) {
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
        }
    }

    @Test
    void a_job_is_dialed_to_its_end_over_grpc() {
        TestJob job = TestJob.running(DB.dataSource(), strategy(2, retry("Call_Busy", "PT0S", 2)), 30);
        String restricted = job.numbers().get(0);
        String busy = job.numbers().get(1);
        gateway.outcome(call -> call.getPhoneNumber().equals(busy) ? CallOutcome.BUSY : CallOutcome.ANSWER_HUMAN);
        job.doNotCall(restricted);
        rules.answer(candidate -> candidate.getDoNotCall()
                ? Decision.newBuilder()
                        .setVerdict(Verdict.RESTRICT)
                        .setRule("Do_Not_Call")
                        .build()
                : Decision.newBuilder().setVerdict(Verdict.ALLOW).build());
        Lease lease = new TestLeases(DB.dataSource()).claim(job.scope());
        DialingDuty duty = duty(job);

        duty.takeOver(lease);
        run(duty, lease, job::finished);
        duty.close();

        assertThat(job.contactsWith("COMPLETED", "Answer_Human")).isEqualTo(28);
        assertThat(job.contactsWith("FAILED", "Call_Busy")).isEqualTo(1);
        assertThat(job.contactsWith("RESTRICTED", "Sys_Do_Not_Call")).isEqualTo(1);
        assertThat(gateway.placed()).hasSize(30);
        Invariants.check(job, List.of());
        EvaluateBatch asked = rules.seen().get(0);
        assertThat(asked.getCandidates(0).getZoneIdsList()).containsExactly("Europe/Berlin");
        assertThat(asked.getCandidates(0).getPhoneCountry()).isEqualTo("49");
        assertThat(asked.getRestrictions().getMaxAttempts()).isEqualTo(2);
        assertThat(asked.getNowEpochMillis()).isPositive();
    }

    @Test
    void calls_of_a_dead_owner_are_resolved_over_grpc_by_the_next_one() {
        TestJob job = TestJob.running(DB.dataSource(), strategy(2, ""), 10);
        gateway.holdCalls();
        TestLeases leases = new TestLeases(DB.dataSource());
        Lease first = leases.claim(job.scope());
        DialingDuty old = duty(job);
        old.takeOver(first);
        run(old, first, () -> gateway.placed().size() == 10);
        old.close();

        Lease second = leases.takeOver(job.scope());
        DialingDuty next = duty(job);
        next.takeOver(second);
        run(
                next,
                second,
                () -> job.count("select count(*) from attempt where job_id = :job and state = 'DIALING'") == 10);
        gateway.placed()
                .forEach(call -> gateway.end(
                        io.callisto.gateway.client.AttemptIdBytes.decode(call.getAttemptId()),
                        CallOutcome.ANSWER_HUMAN));
        run(next, second, job::finished);
        next.close();

        assertThat(job.contacts("COMPLETED")).isEqualTo(10);
        assertThat(gateway.placed()).hasSize(10);
        Invariants.check(job, List.of());
    }
}
