package io.callisto.gateway.simulator;

import io.callisto.domain.AttemptId;
import io.callisto.gateway.v1.CallOutcome;
import io.callisto.gateway.v1.LegEnd;
import io.callisto.gateway.v1.LegKind;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Agents' phones, and customers who talk with agents. As with {@link Simulator}, what happens is a function of the seed
 * and the ids alone.
 */
public final class PhoneSimulator {
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final PhoneProperties behaviour;
    private final ForcedOutcomes forced;
    private final long seed;

    public PhoneSimulator(PhoneProperties behaviour, long seed) {
        this.behaviour = behaviour;
        this.forced = new ForcedOutcomes(behaviour.forcedOutcomes());
        this.seed = seed;
    }

    /** What happens to a leg of this number. */
    public PhoneScript script(UUID leg, LegKind kind, String number, Duration ringTimeout) {
        if (kind == LegKind.TRUNK) {
            return new PhoneScript(
                    LegEnd.LEG_END_UNSPECIFIED, behaviour.trunkSetup().toMillis(), 0);
        }
        SplittableRandom random = random(leg, number.hashCode());
        double lot = random.nextDouble();
        long ring = between(random, behaviour.ringMin(), behaviour.ringMax());
        boolean drops = random.nextDouble() < behaviour.drop();
        LegEnd end = forced.of(digits(number)).map(PhoneSimulator::end).orElseGet(() -> draw(lot));
        if (end == LegEnd.PHONE_NO_ANSWER || (end == LegEnd.LEG_END_UNSPECIFIED && ring >= ringTimeout.toMillis())) {
            return new PhoneScript(LegEnd.PHONE_NO_ANSWER, ringTimeout.toMillis(), 0);
        }
        if (end != LegEnd.LEG_END_UNSPECIFIED) {
            return new PhoneScript(end, ring, 0);
        }
        if (kind == LegKind.EXTERNAL_PARTY) {
            return new PhoneScript(LegEnd.PHONE_HUNG_UP, ring, exponential(random, behaviour.externalTalkMean()));
        }
        return drops
                ? new PhoneScript(LegEnd.PHONE_HUNG_UP, ring, exponential(random, behaviour.dropMean()))
                : new PhoneScript(end, ring, 0);
    }

    /** For how long a customer without an agent stays on the line; drawn anew each time. */
    public long patienceMillis(AttemptId call, long time) {
        return between(random(call.value(), 2 * time), behaviour.patienceMin(), behaviour.patienceMax());
    }

    /** For how long a customer stays after being connected to an agent; drawn anew each time. */
    public long talkMillis(AttemptId call, long time) {
        long least = behaviour.talkMin().toMillis();
        Duration above = behaviour.talkMean().minus(behaviour.talkMin());
        long talk = least + exponential(random(call.value(), 2 * time + 1), above);
        return Math.min(behaviour.talkMax().toMillis(), talk);
    }

    public long messageMillis() {
        return behaviour.message().toMillis();
    }

    private LegEnd draw(double lot) {
        double[] weights = {behaviour.answer(), behaviour.busy(), behaviour.noAnswer(), behaviour.failure()};
        LegEnd[] ends = {LegEnd.LEG_END_UNSPECIFIED, LegEnd.PHONE_BUSY, LegEnd.PHONE_NO_ANSWER, LegEnd.PHONE_FAILED};
        double mark = lot * (weights[0] + weights[1] + weights[2] + weights[3]);
        int last = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                last = i;
                if (mark < weights[i]) {
                    return ends[i];
                }
            }
            mark -= weights[i];
        }
        // Rounding can leave a rest beyond the last weight.
        return ends[last];
    }

    private static LegEnd end(CallOutcome outcome) {
        return switch (outcome) {
            case ANSWER_HUMAN, ANSWER_MACHINE, FAX -> LegEnd.LEG_END_UNSPECIFIED;
            case BUSY -> LegEnd.PHONE_BUSY;
            case RING_NO_ANSWER -> LegEnd.PHONE_NO_ANSWER;
            case INVALID_NUMBER, NETWORK_FAILURE, LOST, CALL_OUTCOME_UNSPECIFIED, UNRECOGNIZED -> LegEnd.PHONE_FAILED;
        };
    }

    private static String digits(String number) {
        return number.startsWith("+") ? number.substring(1) : number;
    }

    private static long exponential(SplittableRandom random, Duration mean) {
        double millis = -Math.log(1 - random.nextDouble()) * mean.toMillis();
        return Math.min(Duration.ofDays(1).toMillis(), (long) millis);
    }

    private static long between(SplittableRandom random, Duration from, Duration to) {
        return random.nextLong(from.toMillis(), to.toMillis() + 1);
    }

    private SplittableRandom random(UUID id, long salt) {
        long mixed = seed * MIX + salt;
        mixed = mixed * MIX + id.getMostSignificantBits();
        mixed = mixed * MIX + id.getLeastSignificantBits();
        return new SplittableRandom(mixed);
    }
}
