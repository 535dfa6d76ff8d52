package io.callisto.domain.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long an agent has been in which state. What runs is not in the totals yet: a takeover loses no time.
 *
 * @param totals milliseconds of the states that were left
 * @param current the state that runs
 * @param since when it was entered
 */
public record AgentTimes(Map<AgentView, Long> totals, AgentView current, Instant since) {
    public AgentTimes {
        EnumMap<AgentView, Long> copy = new EnumMap<>(AgentView.class);
        copy.putAll(totals);
        totals = Collections.unmodifiableMap(copy);
    }

    /** The times of a session that begins. */
    static AgentTimes from(Instant at) {
        return new AgentTimes(Map.of(), AgentView.LOGGED_OUT, at);
    }

    /** The times when {@code view} is on at {@code now}; a clock that went back books nothing. */
    AgentTimes at(AgentView view, Instant now) {
        if (view == current) {
            return this;
        }
        EnumMap<AgentView, Long> next = new EnumMap<>(AgentView.class);
        next.putAll(totals);
        next.merge(current, Math.max(0, Duration.between(since, now).toMillis()), Long::sum);
        return new AgentTimes(next, view, now);
    }

    /** The total of a state up to {@code now}. */
    public long millis(AgentView view, Instant now) {
        long running =
                view == current ? Math.max(0, Duration.between(since, now).toMillis()) : 0;
        return totals.getOrDefault(view, 0L) + running;
    }
}
