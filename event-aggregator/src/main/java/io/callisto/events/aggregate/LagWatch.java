package io.callisto.events.aggregate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How far reading is behind. The seconds are for people: they compare the clocks of this server and of others. */
final class LagWatch {
    private final Clock clock;

    LagWatch(Clock clock) {
        this.clock = clock;
    }

    AggregatorMetrics.Lag lag(LogReading reading) {
        Instant now = clock.instant();
        long records = 0;
        Instant oldest = now;
        for (var entry : reading.positions().entrySet()) {
            long waiting = reading.lag(entry.getKey()).orElse(0);
            Instant last = entry.getValue().recordTime();
            if (waiting > 0) {
                records += waiting;
                oldest = last != null && last.isBefore(oldest) ? last : oldest;
            }
        }
        return new AggregatorMetrics.Lag(records, Duration.between(oldest, now).toMillis() / 1000.0);
    }
}
