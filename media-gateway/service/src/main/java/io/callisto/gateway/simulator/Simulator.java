package io.callisto.gateway.simulator;

import io.callisto.domain.AttemptId;
import io.callisto.domain.PhoneNumber;
import io.callisto.gateway.v1.CallOutcome;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * The far ends. What happens to a call is a function of the seed, the number and the attempt alone, so a run with the
 * same
 * ids repeats, whatever the order and the load.
 */
public final class Simulator {
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final long SHORTEST_TALK_MILLIS = 1_000;

    private final BehaviourProperties behaviour;
    private final ForcedOutcomes forced;
    private final long seed;

    public Simulator(BehaviourProperties behaviour, ForcedOutcomes forced, long seed) {
        this.behaviour = behaviour;
        this.forced = forced;
        this.seed = seed;
    }

    /** What happens to the call. */
    public CallScript script(AttemptId attempt, PhoneNumber number, Duration ringTimeout) {
        SplittableRandom random = new SplittableRandom(mix(attempt, number));
        double lot = random.nextDouble();
        long setup = between(random, behaviour.setupMin(), behaviour.setupMax());
        long ring = between(random, behaviour.ringMin(), behaviour.ringMax());
        long talk = talk(random);
        CallOutcome outcome = forced.of(number).orElseGet(() -> draw(lot));
        return switch (outcome) {
            case ANSWER_HUMAN -> answered(outcome, setup, ring, talk, ringTimeout);
            case ANSWER_MACHINE, FAX ->
                answered(outcome, setup, ring, behaviour.machineTalk().toMillis(), ringTimeout);
            case RING_NO_ANSWER -> new CallScript(outcome, setup, ringTimeout.toMillis(), 0);
            case BUSY, INVALID_NUMBER, NETWORK_FAILURE, LOST, CALL_OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
                new CallScript(outcome, setup, 0, 0);
        };
    }

    private static CallScript answered(CallOutcome outcome, long setup, long ring, long talk, Duration ringTimeout) {
        return ring < ringTimeout.toMillis()
                ? new CallScript(outcome, setup, ring, talk)
                : new CallScript(CallOutcome.RING_NO_ANSWER, setup, ringTimeout.toMillis(), 0);
    }

    private CallOutcome draw(double lot) {
        double[] weights = {
            behaviour.answer(),
            behaviour.machine(),
            behaviour.noAnswer(),
            behaviour.busy(),
            behaviour.invalid(),
            behaviour.fax(),
            behaviour.networkFailure()
        };
        CallOutcome[] outcomes = {
            CallOutcome.ANSWER_HUMAN,
            CallOutcome.ANSWER_MACHINE,
            CallOutcome.RING_NO_ANSWER,
            CallOutcome.BUSY,
            CallOutcome.INVALID_NUMBER,
            CallOutcome.FAX,
            CallOutcome.NETWORK_FAILURE
        };
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double mark = lot * sum;
        int last = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                last = i;
                if (mark < weights[i]) {
                    return outcomes[i];
                }
            }
            mark -= weights[i];
        }
        // Rounding can leave a rest beyond the last weight.
        return outcomes[last];
    }

    private long talk(SplittableRandom random) {
        double exponential =
                -Math.log(1 - random.nextDouble()) * behaviour.talkMean().toMillis();
        return Math.min(behaviour.talkMax().toMillis(), Math.max(SHORTEST_TALK_MILLIS, (long) exponential));
    }

    private static long between(SplittableRandom random, Duration from, Duration to) {
        return random.nextLong(from.toMillis(), to.toMillis() + 1);
    }

    private long mix(AttemptId attempt, PhoneNumber number) {
        long digits = Long.parseLong(number.e164().substring(1));
        long mixed = seed * MIX + digits;
        mixed = mixed * MIX + attempt.value().getMostSignificantBits();
        mixed = mixed * MIX + attempt.value().getLeastSignificantBits();
        return mixed;
    }
}
