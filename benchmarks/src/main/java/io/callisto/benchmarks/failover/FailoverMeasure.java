package io.callisto.benchmarks.failover;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What the rows say about one fault.
 *
 * @param gapMillis longest time without an effect, from the victim's last before the fault to the end; empty where
 *     nobody took over
 * @param rivals effects of anybody but the owner before the fault
 * @param late effects of the victim after its successor's first: two owners at once
 */
record FailoverMeasure(OptionalDouble gapMillis, long rivals, long late) {

    /**
     * @param effects of one contender, by time, from shortly before the fault to the end
     * @param victim the owner that the fault was done to
     * @param faultMicros when
     */
    static FailoverMeasure of(List<Effect> effects, String victim, long faultMicros) {
        long rivals = 0;
        long late = 0;
        boolean succeeded = false;
        long before = faultMicros;
        long longest = 0;
        for (Effect effect : effects) {
            boolean own = effect.worker().equals(victim);
            if (effect.micros() <= faultMicros) {
                rivals += own ? 0 : 1;
                before = effect.micros();
                continue;
            }
            longest = Math.max(longest, effect.micros() - before);
            before = effect.micros();
            succeeded |= !own;
            late += own && succeeded ? 1 : 0;
        }
        OptionalDouble gap = succeeded ? OptionalDouble.of(longest / 1_000.0) : OptionalDouble.empty();
        return new FailoverMeasure(gap, rivals, late);
    }
}
