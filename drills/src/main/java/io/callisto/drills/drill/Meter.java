package io.callisto.drills.drill;

import io.callisto.drills.history.Effect;
import io.callisto.drills.history.FailoverGap;
import io.callisto.drills.history.Owner;
import io.callisto.drills.history.PlacedCall;
import io.callisto.drills.history.Transition;
import io.callisto.drills.load.Probe;
import io.callisto.drills.report.ScopeCourse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one injection cost, scope by scope. Pure.
 *
 * @param fault instant of the fault
 * @param end when everything was whole again
 * @param effects what the database accepted, from some seconds before the fault on
 * @param calls what the gateways accepted, of the jobs that were dialed
 * @param servers server of each node
 */
record Meter(Instant fault, Instant end, List<Effect> effects, List<PlacedCall> calls, Map<UUID, String> servers) {
    /** A job runs out of contacts some time after its takeover; what comes later is not part of the outage. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(1);
    /** How far before the fault a client's successes are looked for. */
    private static final Duration LOOK_BACK = Duration.ofSeconds(10);

    /** The course of every affected scope that moved. */
    List<ScopeCourse> courses(Map<String, Transition> takeovers, Collection<Probe> probes) {
        List<ScopeCourse> courses = new ArrayList<>();
        takeovers.forEach((scope, next) -> {
            Instant worked = next.firstWorkAt() == null ? next.readyAt() : next.firstWorkAt();
            Instant until = worked == null ? end : min(end, worked.plus(AFTERWARDS));
            List<Instant> times = probes.stream()
                    .filter(probe -> probe.name().equals(scope))
                    .findFirst()
                    .map(probe -> probe.successesSince(fault.minus(LOOK_BACK)))
                    .orElseGet(() -> times(scope));
            courses.add(new ScopeCourse(
                    scope,
                    servers.getOrDefault(next.to(), "?"),
                    next.reason(),
                    since(next.seenAt()),
                    since(next.at()),
                    since(next.readyAt()),
                    since(next.firstWorkAt()),
                    next.firstWork(),
                    FailoverGap.of(times, fault, worked, until)));
        });
        return courses;
    }

    /** The longest gap of scopes that need not have moved. */
    FailoverGap gapOf(Collection<Owner> owners) {
        return owners.stream()
                .map(owner -> FailoverGap.plain(times(owner.scope()), fault, end))
                .max(Comparator.comparingLong(FailoverGap::millis))
                .orElse(new FailoverGap(0, FailoverGap.Basis.NONE));
    }

    /** The longest gap of a client's successes. */
    FailoverGap gapOf(Probe probe) {
        return FailoverGap.plain(probe.successesSince(fault.minus(LOOK_BACK)), fault, end);
    }

    /** The longest gap between calls of a scope, until {@code until}. */
    FailoverGap callGap(String scope, Instant until) {
        return FailoverGap.plain(times(scope), fault, min(end, until));
    }

    /** For a job the calls that gateways placed, where there are any; else its transactions. */
    private List<Instant> times(String scope) {
        if (scope.startsWith("job/")) {
            List<Instant> dialed = calls.stream()
                    .filter(call -> call.scope().equals(scope) && !call.refused())
                    .map(PlacedCall::dialedAt)
                    .toList();
            if (!dialed.isEmpty()) {
                return dialed;
            }
        }
        return effects.stream()
                .filter(effect -> effect.scope().equals(scope))
                .map(Effect::at)
                .toList();
    }

    private @Nullable Long since(@Nullable Instant at) {
        return at == null ? null : Math.max(0, Duration.between(fault, at).toMillis());
    }

    private static Instant min(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
