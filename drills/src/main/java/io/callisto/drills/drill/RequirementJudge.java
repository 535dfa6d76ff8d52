package io.callisto.drills.drill;

import io.callisto.drills.history.Aspect;
import io.callisto.drills.history.Percentiles;
import io.callisto.drills.history.Violation;
import io.callisto.drills.report.RequirementVerdict;
import io.callisto.drills.report.RunResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides whether a drill kept its figures and its requirements. Pure. */
final class RequirementJudge {
    /** Requirements that are figures; the others are about what must never happen. */
    private static final Set<String> TIMED = Set.of(
            "CD-1", "CD-2", "CD-15", "CM-2", "CM-3", "RE-2", "RE-3", "AM-2", "MQ-1", "CS-3", "DEP-2", "DEP-3", "DEP-4",
            "FS-10");

    private RequirementJudge() {}

    /** Violations of the drill's limits. */
    static List<Violation> times(Limits limits, Collection<RunResult> runs) {
        Percentiles gaps = Percentiles.of(runs.stream().map(RunResult::failoverMillis).toList());
        List<Violation> found = new ArrayList<>();
        exceeds(found, "p50", gaps.p50().orElse(0), limits.p50());
        exceeds(found, "p99", gaps.p99().orElse(0), limits.p99());
        return found;
    }

    /** One verdict for each requirement that the drill names. */
    static List<RequirementVerdict> verdicts(Drill drill, Collection<RunResult> runs, List<Violation> violations) {
        Percentiles gaps = Percentiles.of(runs.stream().map(RunResult::failoverMillis).toList());
        long untimed = violations.stream()
                .filter(violation -> violation.aspect() != Aspect.TIME)
                .count();
        List<RequirementVerdict> verdicts = new ArrayList<>();
        for (String id : drill.requirements()) {
            boolean timed = TIMED.contains(id);
            boolean pass = timed ? violations.isEmpty() : untimed == 0;
            String measured = timed
                    ? "gap p50 " + gaps.p50().orElse(0) + " ms, p99 " + gaps.p99().orElse(0) + " ms; limit "
                            + drill.limits().text()
                            + (drill.pomSeconds() == 0 ? "" : "; POM " + drill.pomSeconds() + " s")
                    : untimed + " violations in " + runs.size() + " runs";
            verdicts.add(new RequirementVerdict(id, pass, measured));
        }
        return verdicts;
    }

    private static void exceeds(List<Violation> found, String what, long millis, @Nullable Duration limit) {
        if (limit != null && millis >= limit.toMillis()) {
            found.add(new Violation(
                    Aspect.TIME, what + " of the failover is " + millis + " ms, the limit " + limit.toMillis() + " ms"));
        }
    }
}
