package io.callisto.manager.dialing;

import io.callisto.domain.CompletionCode;
import io.callisto.domain.attempt.CallReport;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known about attempts and not written yet. At most one entry per attempt, because a report carries the call's
 * whole
 * state; so it is bounded by the calls in flight, and a call that races through its phases costs one write.
 * Thread-safe: gateway
 * threads put, the duty drains.
 */
final class EventInbox {
    /**
     * @param report what the gateway says; null where {@code closing} is set
     * @param closing ends the attempt without a report
     */
    record News(
            UUID attempt,
            @Nullable CallReport report,
            @Nullable CompletionCode closing) {}

    private final Map<UUID, News> news = new LinkedHashMap<>();

    synchronized void report(UUID attempt, CallReport report) {
        news.merge(attempt, new News(attempt, report, null), EventInbox::newer);
    }

    /** Ends an attempt for a reason that no report tells; a report that is here already wins. */
    synchronized void close(UUID attempt, CompletionCode code) {
        news.putIfAbsent(attempt, new News(attempt, null, code));
    }

    synchronized List<News> drain(int limit) {
        List<News> drained = new ArrayList<>(Math.min(limit, news.size()));
        Iterator<News> waiting = news.values().iterator();
        while (waiting.hasNext() && drained.size() < limit) {
            drained.add(waiting.next());
            waiting.remove();
        }
        return drained;
    }

    synchronized int size() {
        return news.size();
    }

    private static News newer(News old, News fresh) {
        CallReport before = old.report();
        CallReport after = fresh.report();
        if (before == null || after == null) {
            return after == null ? old : fresh;
        }
        return after.supersedes(before) ? fresh : old;
    }
}
