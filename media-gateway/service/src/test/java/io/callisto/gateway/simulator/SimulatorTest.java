package io.callisto.gateway.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.callisto.domain.AttemptId;
import io.callisto.domain.PhoneNumber;
import io.callisto.gateway.v1.CallOutcome;
import io.callisto.gateway.v1.CallPhase;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SimulatorTest {
    private static final Duration RING_TIMEOUT = Duration.ofSeconds(45);

    /** The defaults of {@link BehaviourProperties}; the test of the application compares the two. */
    public static final BehaviourProperties DEFAULTS = mix(45, 10, 20, 15, 4, 2, 4);

    @Test
    void the_same_seed_number_and_attempt_repeat_the_call() {
        Simulator one = new Simulator(DEFAULTS, new ForcedOutcomes(Map.of()), 11);
        Simulator two = new Simulator(DEFAULTS, new ForcedOutcomes(Map.of()), 11);
        Simulator other = new Simulator(DEFAULTS, new ForcedOutcomes(Map.of()), 12);
        int differences = 0;
        for (int i = 0; i < 1_000; i++) {
            CallScript script = one.script(attempt(i), number(i), RING_TIMEOUT);
            assertThat(two.script(attempt(i), number(i), RING_TIMEOUT)).isEqualTo(script);
            differences += other.script(attempt(i), number(i), RING_TIMEOUT).equals(script) ? 0 : 1;
        }
        assertThat(differences).isGreaterThan(900);
    }

    @Test
    void outcomes_come_about_as_often_as_their_weights_say() {
        Simulator simulator = new Simulator(DEFAULTS, new ForcedOutcomes(Map.of()), 5);
        Map<CallOutcome, Integer> counts = new EnumMap<>(CallOutcome.class);
        int calls = 100_000;
        for (int i = 0; i < calls; i++) {
            counts.merge(simulator.script(attempt(i), number(i), RING_TIMEOUT).outcome(), 1, Integer::sum);
        }
        assertThat(share(counts, CallOutcome.ANSWER_HUMAN, calls)).isCloseTo(0.45, within(0.01));
        assertThat(share(counts, CallOutcome.BUSY, calls)).isCloseTo(0.10, within(0.01));
        assertThat(share(counts, CallOutcome.RING_NO_ANSWER, calls)).isCloseTo(0.20, within(0.01));
        assertThat(share(counts, CallOutcome.ANSWER_MACHINE, calls)).isCloseTo(0.15, within(0.01));
        assertThat(share(counts, CallOutcome.INVALID_NUMBER, calls)).isCloseTo(0.04, within(0.005));
        assertThat(share(counts, CallOutcome.FAX, calls)).isCloseTo(0.02, within(0.005));
        assertThat(share(counts, CallOutcome.NETWORK_FAILURE, calls)).isCloseTo(0.04, within(0.005));
    }

    @Test
    void a_weight_of_zero_never_comes() {
        Simulator simulator = new Simulator(mix(0, 1, 0, 0, 0, 0, 0), new ForcedOutcomes(Map.of()), 5);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            AttemptId id = new AttemptId(new UUID(random.nextLong(), random.nextLong()));
            assertThat(simulator.script(id, number(i), RING_TIMEOUT).outcome()).isEqualTo(CallOutcome.BUSY);
        }
    }

    @Test
    void nobody_answers_after_the_ring_timeout() {
        Simulator simulator = new Simulator(mix(1, 0, 0, 1, 0, 0, 0), new ForcedOutcomes(Map.of()), 5);
        int unanswered = 0;
        for (int i = 0; i < 1_000; i++) {
            CallScript script = simulator.script(attempt(i), number(i), Duration.ofSeconds(10));
            assertThat(script.ringMillis()).isLessThanOrEqualTo(10_000);
            unanswered += script.outcome() == CallOutcome.RING_NO_ANSWER ? 1 : 0;
        }
        assertThat(unanswered).isBetween(450, 700);
    }

    @Test
    void the_last_digits_can_fix_the_outcome_and_the_longest_ending_wins() {
        ForcedOutcomes forced = new ForcedOutcomes(Map.of("01", "busy", "4930100001", "fax", "9", "no-answer"));

        assertThat(forced.of(new PhoneNumber("+4930200001"))).contains(CallOutcome.BUSY);
        assertThat(forced.of(new PhoneNumber("+4930100001"))).contains(CallOutcome.FAX);
        assertThat(forced.of(new PhoneNumber("+4930200009"))).contains(CallOutcome.RING_NO_ANSWER);
        assertThat(forced.of(new PhoneNumber("+4930200002"))).isEmpty();
        assertThatThrownBy(() -> new ForcedOutcomes(Map.of("1", "explodes"))).hasMessageContaining("known: answer");
        assertThatThrownBy(() -> new ForcedOutcomes(Map.of("x", "busy"))).hasMessageContaining("digits");
    }

    @Test
    void a_script_walks_through_its_phases() {
        CallScript answered = new CallScript(CallOutcome.ANSWER_HUMAN, 1, 2, 3);
        assertThat(answered.after(CallPhase.DIALING)).isEqualTo(CallPhase.RINGING);
        assertThat(answered.after(CallPhase.RINGING)).isEqualTo(CallPhase.ANSWERED);
        assertThat(answered.after(CallPhase.ANSWERED)).isEqualTo(CallPhase.ENDED);
        assertThat(new CallScript(CallOutcome.BUSY, 1, 0, 0).after(CallPhase.DIALING))
                .isEqualTo(CallPhase.ENDED);
        assertThat(new CallScript(CallOutcome.RING_NO_ANSWER, 1, 2, 0).after(CallPhase.RINGING))
                .isEqualTo(CallPhase.ENDED);
    }

    @Test
    void impossible_behaviour_is_refused() {
        assertThatThrownBy(() -> mix(0, 0, 0, 0, 0, 0, 0)).hasMessageContaining("all weights");
        assertThatThrownBy(() -> mix(-1, 1, 0, 0, 0, 0, 0)).hasMessageContaining("weight");
    }

    static BehaviourProperties mix(
            double answer, double busy, double noAnswer, double machine, double invalid, double fax, double network) {
        return new BehaviourProperties(
                answer,
                busy,
                noAnswer,
                machine,
                invalid,
                fax,
                network,
                Duration.ofMillis(300),
                Duration.ofMillis(1500),
                Duration.ofSeconds(3),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                Duration.ofMinutes(5),
                Duration.ofSeconds(12));
    }

    private static double share(Map<CallOutcome, Integer> counts, CallOutcome outcome, int calls) {
        return counts.getOrDefault(outcome, 0) / (double) calls;
    }

    private static AttemptId attempt(int number) {
        return new AttemptId(new UUID(0x0190_0000_0000_7000L + number, 0x8000_0000_0000_0000L));
    }

    private static PhoneNumber number(int number) {
        return new PhoneNumber("+4930" + (1_000_000 + number));
    }
}
