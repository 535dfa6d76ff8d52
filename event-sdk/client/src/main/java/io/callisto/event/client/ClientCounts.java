package io.callisto.event.client;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What a client has done. Written by its thread, read by any. */
final class ClientCounts {
    final AtomicLong received = new AtomicLong();
    final AtomicLong handled = new AtomicLong();
    final AtomicLong duplicates = new AtomicLong();
    final AtomicLong poison = new AtomicLong();
    final AtomicLong ignored = new AtomicLong();
    final AtomicLong failures = new AtomicLong();
    final AtomicLong skipped = new AtomicLong();
    final AtomicLong commits = new AtomicLong();
    final AtomicLong commitFailures = new AtomicLong();
    final AtomicLong siteSwitches = new AtomicLong();
    private final AtomicReference<@Nullable Instant> lastEventAt = new AtomicReference<>();
    private final AtomicReference<@Nullable Instant> lastHandledAt = new AtomicReference<>();

    void handled(Instant eventAt, Instant now) {
        handled.incrementAndGet();
        lastHandledAt.set(now);
        lastEventAt.accumulateAndGet(
                eventAt, (old, fresh) -> old != null && fresh != null && old.isAfter(fresh) ? old : fresh);
    }

    @Nullable
    Instant lastEventAt() {
        return lastEventAt.get();
    }

    @Nullable
    Instant lastHandledAt() {
        return lastHandledAt.get();
    }

    EventClientStatus.Counts counts() {
        return new EventClientStatus.Counts(
                received.get(),
                handled.get(),
                duplicates.get(),
                poison.get(),
                ignored.get(),
                failures.get(),
                skipped.get(),
                commits.get(),
                commitFailures.get(),
                siteSwitches.get());
    }
}
