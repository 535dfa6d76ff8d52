package io.callisto.rules.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.callisto.domain.Requirement;
import io.callisto.rules.v1.Candidate;
import io.callisto.rules.v1.Decision;
import io.callisto.rules.v1.DecisionBatch;
import io.callisto.rules.v1.EvaluateBatch;
import io.callisto.rules.v1.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class RuleEngineClientTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final FakeRuleEngine first = new FakeRuleEngine();
    private final FakeRuleEngine second = new FakeRuleEngine();
    private final AtomicReference<String> master = new AtomicReference<>(first.address());
    private final RuleEngineClient client =
            new RuleEngineClient(FakeRuleEngine.directoryOf(master::get), System::nanoTime);

    @AfterEach
    void close() {
        client.close();
        first.close();
        second.close();
    }

    @Test
    @Requirement("RE-1")
    void batches_of_many_callers_share_one_stream_and_each_gets_its_own_answer() throws Exception {
        first.answer(candidate -> Decision.newBuilder()
                .setVerdict(Verdict.DEFER)
                .setNotBeforeEpochMillis(candidate.getContactId() * 10)
                .build());
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int caller = 0; caller < 8; caller++) {
                int contact = caller * 1_000;
                all.add(callers.submit(() -> {
                    for (int i = 0; i < 50; i++) {
                        // every caller uses batch id 7: ids are the caller's own business
                        DecisionBatch decided = client.evaluate(batch(7, contact + i, contact + i + 500), LONG);
                        assertThat(decided.getBatchId()).isEqualTo(7);
                        assertThat(decided.getDecisionsList())
                                .extracting(Decision::getNotBeforeEpochMillis)
                                .containsExactly((contact + i) * 10L, (contact + i + 500) * 10L);
                    }
                }));
            }
            for (Future<?> caller : all) {
                caller.get(60, TimeUnit.SECONDS);
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(first.streamsOpened()).isEqualTo(1);
    }

    @Test
    void a_broken_stream_is_opened_again() {
        client.evaluate(batch(1, 1), LONG);
        first.breakStream();
        assertThat(client.evaluate(batch(2, 1), LONG).getDecisions(0).getVerdict())
                .isEqualTo(Verdict.ALLOW);
        assertThat(first.streamsOpened()).isEqualTo(2);
    }

    @Test
    void the_next_master_is_found_while_the_old_one_is_silent() throws Exception {
        client.evaluate(batch(1, 1), LONG);
        first.silent(true);
        second.epoch(2);
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try {
            Future<DecisionBatch> decided = caller.submit(() -> client.evaluate(batch(2, 1), LONG));
            Awaitility.await().until(() -> first.seen().size() == 2);
            master.set(second.address());
            assertThat(decided.get(10, TimeUnit.SECONDS).getEpoch()).isEqualTo(2);
        } finally {
            caller.shutdownNow();
        }
        assertThat(second.seen()).hasSize(1);
    }

    @Test
    void the_next_master_is_found_when_the_old_one_refuses() {
        client.evaluate(batch(1, 1), LONG);
        first.standby(true);
        second.epoch(2);
        master.set(second.address());
        assertThat(client.evaluate(batch(2, 1), LONG).getEpoch()).isEqualTo(2);
    }

    @Test
    void a_reply_of_a_lower_epoch_is_dropped() {
        first.epoch(5);
        assertThat(client.evaluate(batch(1, 1), LONG).getEpoch()).isEqualTo(5);
        first.epoch(4);
        assertThatExceptionOfType(RuleEngineUnavailable.class)
                .isThrownBy(() -> client.evaluate(batch(2, 1), Duration.ofMillis(300)));
        assertThat(first.seen()).hasSizeGreaterThan(1);
        assertThat(client.highestEpoch()).isEqualTo(5);
        first.epoch(6);
        assertThat(client.evaluate(batch(3, 1), LONG).getEpoch()).isEqualTo(6);
    }

    @Test
    @Requirement("RE-4")
    void a_client_that_has_just_started_knows_which_master_is_deposed() {
        AtomicLong fence = new AtomicLong(5);
        try (RuleEngineClient started =
                new RuleEngineClient(FakeRuleEngine.directoryOf(master::get), System::nanoTime, fence::get)) {
            first.epoch(4);
            assertThatExceptionOfType(RuleEngineUnavailable.class)
                    .isThrownBy(() -> started.evaluate(batch(1, 1), Duration.ofMillis(300)));
            assertThat(first.seen()).isNotEmpty();
            first.epoch(5);
            assertThat(started.evaluate(batch(2, 1), LONG).getEpoch()).isEqualTo(5);
            // Nobody asked while the next one took over: the stream to the old one broke and is opened again.
            fence.set(6);
            first.breakStream();
            assertThatExceptionOfType(RuleEngineUnavailable.class)
                    .isThrownBy(() -> started.evaluate(batch(3, 1), Duration.ofMillis(300)));
        }
    }

    @Test
    @Requirement("RE-4")
    void without_the_fence_nothing_is_accepted_at_start_and_the_last_known_serves_later() {
        AtomicBoolean away = new AtomicBoolean(true);
        LongSupplier fence = () -> {
            if (away.get()) {
                throw new DataAccessResourceFailureException("away");
            }
            return 1;
        };
        try (RuleEngineClient started =
                new RuleEngineClient(FakeRuleEngine.directoryOf(master::get), System::nanoTime, fence)) {
            assertThatExceptionOfType(RuleEngineUnavailable.class)
                    .isThrownBy(() -> started.evaluate(batch(1, 1), Duration.ofMillis(200)));
            assertThat(first.seen()).isEmpty();
            away.set(false);
            started.evaluate(batch(2, 1), LONG);
            away.set(true);
            first.breakStream();
            assertThat(started.evaluate(batch(3, 1), LONG).getEpoch()).isEqualTo(1);
        }
    }

    @Test
    @Requirement("RE-3")
    void decisions_go_on_less_than_300_ms_after_the_next_master_is_known() {
        client.evaluate(batch(1, 1), LONG);
        second.epoch(2);
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try {
            first.close();
            Future<DecisionBatch> decided = caller.submit(() -> client.evaluate(batch(2, 1), LONG));
            Awaitility.await().pollDelay(Duration.ofMillis(500)).until(() -> !decided.isDone());
            long known = System.nanoTime();
            master.set(second.address());
            assertThat(decided.get(10, TimeUnit.SECONDS).getEpoch()).isEqualTo(2);
            assertThat(Duration.ofNanos(System.nanoTime() - known)).isLessThan(Duration.ofMillis(300));
        } catch (ExecutionException | InterruptedException | TimeoutException failed) {
            throw new AssertionError(failed);
        } finally {
            caller.shutdownNow();
        }
    }

    @Test
    void without_an_answer_in_time_the_caller_is_told_so() {
        first.silent(true);
        assertThatExceptionOfType(RuleEngineUnavailable.class)
                .isThrownBy(() -> client.evaluate(batch(1, 1), Duration.ofMillis(200)));
        first.close();
        assertThatExceptionOfType(RuleEngineUnavailable.class)
                .isThrownBy(() -> client.evaluate(batch(1, 1), Duration.ofMillis(200)));
        master.set("");
        assertThatExceptionOfType(RuleEngineUnavailable.class)
                .isThrownBy(() -> client.evaluate(batch(1, 1), Duration.ofMillis(200)))
                .withMessageContaining("no rule engine is known");
    }

    @Test
    void a_verdict_that_nobody_knows_never_allows_a_call() {
        first.answer(candidate -> candidate.getContactId() == 1
                ? Decision.getDefaultInstance()
                : Decision.newBuilder().setVerdictValue(99).build());
        assertThat(client.evaluate(batch(1, 1, 2), LONG).getDecisionsList())
                .extracting(Decision::getVerdict)
                .containsExactly(Verdict.DEFER, Verdict.DEFER);
    }

    @Test
    void a_closed_client_says_so() {
        client.evaluate(batch(1, 1), LONG);
        client.close();
        assertThatExceptionOfType(RuleEngineUnavailable.class)
                .isThrownBy(() -> client.evaluate(batch(1, 1), LONG))
                .withMessageContaining("closed");
    }

    private static EvaluateBatch batch(long id, long... contacts) {
        EvaluateBatch.Builder batch = EvaluateBatch.newBuilder().setBatchId(id);
        for (long contact : contacts) {
            batch.addCandidates(Candidate.newBuilder().setContactId(contact));
        }
        return batch.build();
    }
}
