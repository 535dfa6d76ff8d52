package io.callisto.rules;

import io.callisto.rules.decide.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How much is decided, how, and how fast. */
final class RuleEngineMetrics {
    private final Map<Verdict, Counter> decisions = new EnumMap<>(Verdict.class);
    private final Counter refused;
    private final Timer batches;

    RuleEngineMetrics(MeterRegistry registry) {
        for (Verdict verdict : Verdict.values()) {
            decisions.put(
                    verdict,
                    Counter.builder("callisto.rules.decisions")
                            .tag("verdict", verdict.name())
                            .register(registry));
        }
        refused = Counter.builder("callisto.rules.refused")
                .description("batches that arrived while another node was master")
                .register(registry);
        batches = Timer.builder("callisto.rules.batch").register(registry);
    }

    void decided(Map<Verdict, Integer> counts, long nanos) {
        counts.forEach((verdict, count) -> {
            Counter counter = decisions.get(verdict);
            if (counter != null) {
                counter.increment(count);
            }
        });
        batches.record(nanos, TimeUnit.NANOSECONDS);
    }

    void refused() {
        refused.increment();
    }
}
