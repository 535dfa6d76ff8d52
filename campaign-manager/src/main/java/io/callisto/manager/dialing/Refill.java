package io.callisto.manager.dialing;

import io.callisto.manager.dialing.DialingMetrics.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the queue filled from the database, in the order in which contacts become due. Goes on from where it stopped,
 * so that the
 * index is not read again over what is queued or done; as every row of the scope that becomes due later gets a later
 * time, nothing is
 * passed over. When nothing more is found it starts from the beginning now and then, for whatever else may have changed
 * the rows.
 */
final class Refill {
    private static final String START = "-infinity";
    private static final long EMPTY_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long RESCAN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final DialerParts parts;
    private final JobSpec spec;
    private final ContactQueue queue;
    private String afterTime = START;
    private long afterContact;
    private long nextNanos;
    private long rescanNanos;
    private boolean exhausted;
    private Instant databaseTime = Instant.EPOCH;
    private long databaseTimeNanos;

    Refill(DialerParts parts, JobSpec spec, ContactQueue queue, long now) {
        this.parts = parts;
        this.spec = spec;
        this.queue = queue;
        this.nextNanos = now;
        this.rescanNanos = now + RESCAN_NANOS;
    }

    /** Reads a batch where there is room for it. */
    int step(long now) {
        if (queue.size() > queue.limit() / 2 || now - nextNanos < 0) {
            return 0;
        }
        boolean rescan = afterTime.equals(START);
        // From the start, what is queued is met again: read past it.
        int limit = rescan ? queue.limit() : queue.room();
        JdbcDialingStore.Due due =
                parts.metrics().time(Step.REFILL, () -> parts.contacts().due(spec, afterTime, afterContact, limit));
        databaseTime = due.now();
        databaseTimeNanos = now;
        List<Candidate> added = new ArrayList<>();
        for (Candidate candidate : due.candidates()) {
            if (queue.room() > 0 && queue.add(candidate)) {
                added.add(candidate);
            }
        }
        advance(due.candidates(), due.candidates().size() < limit, now);
        if (!added.isEmpty()) {
            parts.mirror().queued(spec, added);
        }
        return added.size();
    }

    /** Whether the last reading found less than it had room for: nothing more is due now. */
    boolean exhausted() {
        return exhausted;
    }

    private void advance(List<Candidate> found, boolean noMore, long now) {
        exhausted = noMore;
        if (!found.isEmpty()) {
            Candidate last = found.get(found.size() - 1);
            afterTime = last.dueAt().toString();
            afterContact = last.contactId();
        }
        if (noMore) {
            nextNanos = now + EMPTY_PAUSE_NANOS;
            if (now - rescanNanos >= 0) {
                rescanNanos = now + RESCAN_NANOS;
                afterTime = START;
                afterContact = 0;
            }
        }
    }

    /** The database's clock, as far as the last reading and monotonic time tell. */
    Instant databaseTime(long now) {
        return databaseTime.plusNanos(now - databaseTimeNanos);
    }
}
