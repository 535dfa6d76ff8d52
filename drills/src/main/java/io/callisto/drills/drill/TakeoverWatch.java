package io.callisto.drills.drill;

import io.callisto.drills.history.Aspect;
import io.callisto.drills.history.JdbcHistoryStore;
import io.callisto.drills.history.Owner;
import io.callisto.drills.history.Transition;
import io.callisto.drills.history.Violation;
import io.callisto.drills.load.Patience;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Waits until the scopes of a victim have their next owners, and these have worked. Used by one thread. */
final class TakeoverWatch {
    /** A role that is ready and has nothing to do for this long will not show its first work. */
    private static final Duration IDLE = Duration.ofSeconds(3);

    private final JdbcHistoryStore history;
    private final Collection<Owner> before;
    private final Instant fault;
    private long longestLookNanos;

    /**
     * @param before who held the affected scopes
     * @param fault by the database's clock
     */
    TakeoverWatch(JdbcHistoryStore history, Collection<Owner> before, Instant fault) {
        this.history = history;
        this.before = before;
        this.fault = fault;
    }

    /** Returns a violation for each scope that nobody took over in time. */
    List<Violation> await(Duration limit) {
        Patience.until(limit, this::complete);
        return missing().stream()
                .map(owner -> new Violation(
                        Aspect.LIVENESS,
                        owner.scope() + " had no new owner at work " + limit.toSeconds() + " s after the fault"))
                .toList();
    }

    /** How long the slowest answer of the database took while this waited. */
    long longestLookNanos() {
        return longestLookNanos;
    }

    private boolean complete() {
        long start = System.nanoTime();
        boolean complete = missing().isEmpty();
        longestLookNanos = Math.max(longestLookNanos, System.nanoTime() - start);
        return complete;
    }

    /** The takeover of each scope that moved. */
    Map<String, Transition> takeovers() {
        List<Transition> since = history.transitionsSince(fault.minus(Duration.ofSeconds(1)));
        Map<String, Transition> found = new LinkedHashMap<>();
        for (Owner owner : before) {
            takeover(owner, since).ifPresent(next -> found.put(owner.scope(), next));
        }
        return found;
    }

    private List<Owner> missing() {
        Instant now = history.clock();
        Set<String> wanted =
                Set.copyOf(history.owners().stream().map(Owner::scope).toList());
        Map<String, Transition> taken = takeovers();
        return before.stream()
                // A job that has ended needs no dialer any more.
                .filter(owner -> !owner.scope().startsWith("job/") || wanted.contains(owner.scope()))
                .filter(owner -> !works(taken.get(owner.scope()), now))
                .toList();
    }

    private static boolean works(@org.jspecify.annotations.Nullable Transition taken, Instant now) {
        if (taken == null) {
            return false;
        }
        Instant ready = taken.readyAt();
        return taken.firstWorkAt() != null || (ready != null && ready.plus(IDLE).isBefore(now));
    }

    /** The first owner after {@code owner} that worked; else the last one. */
    private static Optional<Transition> takeover(Owner owner, List<Transition> since) {
        List<Transition> later = since.stream()
                .filter(next -> next.scope().equals(owner.scope()) && next.epoch() > owner.epoch())
                .sorted(Comparator.comparingLong(Transition::epoch))
                .toList();
        return later.stream()
                .filter(next -> next.firstWorkAt() != null)
                .findFirst()
                .or(() -> later.stream().reduce((one, other) -> other));
    }
}
