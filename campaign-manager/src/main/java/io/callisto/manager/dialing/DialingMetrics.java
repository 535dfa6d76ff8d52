package io.callisto.manager.dialing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Where the time of the dial path goes: {@code callisto.dialing.step{step=...}}. Thread-safe. */
final class DialingMetrics {
    /** The steps. */
    enum Step {
        REFILL,
        RULES,
        WRITE_BACK,
        RESERVE,
        PLACE,
        PROGRESS,
        RESOLVE
    }

    private final Map<Step, Timer> timers = new EnumMap<>(Step.class);
    private final Counter reserved;
    private final Counter completed;
    private final Counter inDoubt;

    DialingMetrics(MeterRegistry registry) {
        for (Step step : Step.values()) {
            timers.put(
                    step,
                    Timer.builder("callisto.dialing.step")
                            .description("Time per batch of a step of the dial path")
                            .tag("step", step.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        reserved = Counter.builder("callisto.dialing.attempts.reserved").register(registry);
        completed = Counter.builder("callisto.dialing.attempts.completed").register(registry);
        inDoubt = Counter.builder("callisto.dialing.attempts.in.doubt").register(registry);
    }

    /** Runs and measures a batch of a step. */
    <T> T time(Step step, Supplier<T> work) {
        Timer timer = timers.get(step);
        if (timer == null) {
            throw new IllegalStateException("no timer for " + step);
        }
        return timer.<T>record(work);
    }

    void reserved(int attempts) {
        reserved.increment(attempts);
    }

    void completed(int attempts) {
        completed.increment(attempts);
    }

    void inDoubt(int attempts) {
        inDoubt.increment(attempts);
    }
}
