package io.callisto.drills.drill;

import io.callisto.drills.history.Aspect;
import io.callisto.drills.history.Percentiles;
import io.callisto.drills.history.Violation;
import io.callisto.drills.report.RequirementVerdict;
import io.callisto.drills.report.RunResult;
import io.callisto.drills.report.ScopeCourse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Decides whether a drill kept its figures and its requirements. Pure. */
final class RequirementJudge {
    /** Requirements that are figures, with the roles they speak of; none: of every role. */
    private static final Map<String, Set<String>> TIMED = Map.ofEntries(
            Map.entry("CD-1", Set.of("director", "zone director")),
            Map.entry("CD-2", Set.of("director", "zone director")),
            Map.entry("CM-2", Set.of("job")),
            Map.entry("CM-3", Set.of("job")),
            Map.entry("RE-2", Set.of("rule-engine")),
            Map.entry("RE-3", Set.of("rule-engine")),
            Map.entry("AM-2", Set.of("agent-manager")),
            Map.entry("CS-3", Set.of("cache")),
            Map.entry("CD-15", Set.of()),
            Map.entry("MQ-1", Set.of()),
            Map.entry("DEP-2", Set.of()),
            Map.entry("DEP-3", Set.of()),
            Map.entry("DEP-4", Set.of()),
            Map.entry("FS-10", Set.of()));

    private RequirementJudge() {}

    /** Violations of the drill's limits: each role must keep them by itself. */
    static List<Violation> times(Limits limits, Collection<RunResult> runs) {
        List<Violation> found = new ArrayList<>();
        gapsByRole(runs).forEach((role, gaps) -> {
            exceeds(found, "p50 of " + role, gaps.p50().orElse(0), limits.p50());
            exceeds(found, "p99 of " + role, gaps.p99().orElse(0), limits.p99());
        });
        return found;
    }

    /** One verdict for each requirement that the drill names. */
    static List<RequirementVerdict> verdicts(Drill drill, Collection<RunResult> runs, List<Violation> violations) {
        long untimed = violations.stream()
                .filter(violation -> violation.aspect() != Aspect.TIME)
                .count();
        return drill.requirements().stream()
                .map(id -> TIMED.containsKey(id)
                        ? timed(id, drill, runs, untimed)
                        : new RequirementVerdict(id, untimed == 0, untimed + " violations in " + runs.size() + " runs"))
                .toList();
    }

    /** The longest gap of each role in each run; where no scope moved, what the drill measured. */
    static Map<String, Percentiles> gapsByRole(Collection<RunResult> runs) {
        Map<String, List<Long>> gaps = new TreeMap<>();
        for (RunResult run : runs) {
            Set<String> roles = new TreeSet<>();
            run.scopes().forEach(course -> roles.add(roleOf(course.scope())));
            roles.forEach(
                    role -> gaps.computeIfAbsent(role, key -> new ArrayList<>()).add(longest(run, role)));
            if (roles.isEmpty()) {
                gaps.computeIfAbsent("the service", key -> new ArrayList<>()).add(run.failoverMillis());
            }
        }
        Map<String, Percentiles> percentiles = new TreeMap<>();
        gaps.forEach((role, values) -> percentiles.put(role, Percentiles.of(values)));
        return percentiles;
    }

    private static RequirementVerdict timed(String id, Drill drill, Collection<RunResult> runs, long untimed) {
        Set<String> wanted = TIMED.getOrDefault(id, Set.of());
        Map<String, Percentiles> gaps = gapsByRole(runs);
        gaps.keySet().removeIf(role -> !wanted.isEmpty() && !wanted.contains(role));
        if (gaps.isEmpty()) {
            return new RequirementVerdict(id, untimed == 0, "the victims had no such role in " + runs.size() + " runs");
        }
        List<Violation> late = new ArrayList<>();
        List<String> figures = new ArrayList<>();
        gaps.forEach((role, values) -> {
            long p50 = values.p50().orElse(0);
            long p99 = values.p99().orElse(0);
            exceeds(late, role, p50, drill.limits().p50());
            exceeds(late, role, p99, drill.limits().p99());
            figures.add(role + " p50 " + p50 + " ms, p99 " + p99 + " ms");
        });
        return new RequirementVerdict(
                id,
                untimed == 0 && late.isEmpty(),
                String.join("; ", figures) + "; limit " + drill.limits().text()
                        + (drill.pomSeconds() == 0 ? "" : "; POM " + drill.pomSeconds() + " s"));
    }

    private static long longest(RunResult run, String role) {
        return run.scopes().stream()
                .filter(course -> roleOf(course.scope()).equals(role))
                .map(ScopeCourse::gap)
                .mapToLong(gap -> gap.millis())
                .max()
                .orElse(0);
    }

    private static String roleOf(String scope) {
        int slash = scope.indexOf('/');
        if (slash < 0) {
            return scope;
        }
        String kind = scope.substring(0, slash);
        return kind.equals("director") ? "zone director" : kind;
    }

    private static void exceeds(List<Violation> found, String what, long millis, @Nullable Duration limit) {
        if (limit != null && millis >= limit.toMillis()) {
            found.add(new Violation(
                    Aspect.TIME, what + " is " + millis + " ms without effect, the limit " + limit.toMillis() + " ms"));
        }
    }
}
