package io.callisto.drills.report;

import io.callisto.drills.history.Percentiles;
import io.callisto.drills.history.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Outcome of a drill.
 *
 * @param outcome what it comes to
 * @param reason why it was skipped or is invalid; empty otherwise
 * @param target what it ran on
 * @param limits the figures to keep, in words; empty where none are set
 * @param pomSeconds POM's figure; 0 where it has none
 * @param violations of the whole drill, beside those of its runs
 */
public record DrillResult(
        String drill,
        Outcome outcome,
        String reason,
        String target,
        String layout,
        String limits,
        int pomSeconds,
        List<RunResult> runs,
        List<Violation> violations,
        List<RequirementVerdict> requirements,
        List<String> notes) {
    public DrillResult {
        runs = List.copyOf(runs);
        violations = List.copyOf(violations);
        requirements = List.copyOf(requirements);
        notes = List.copyOf(notes);
    }

    /** What a drill comes to. */
    public enum Outcome {
        PASS,
        FAIL,
        /** The target cannot do the fault, or a part is not there: nothing was proven. */
        SKIPPED,
        /** A role moved before any fault: the machine was too busy for the figures to mean anything. */
        INVALID
    }

    /** A drill that was not run. */
    public static DrillResult skipped(String drill, String target, String reason) {
        return new DrillResult(
                drill, Outcome.SKIPPED, reason, target, "", "", 0, List.of(), List.of(), List.of(), List.of());
    }

    /** A drill that found no cluster to run on. */
    public static DrillResult broken(String drill, String reason) {
        return new DrillResult(drill, Outcome.FAIL, reason, "", "", "", 0, List.of(), List.of(), List.of(), List.of());
    }

    public boolean pass() {
        return outcome == Outcome.PASS;
    }

    /** Of the drill and all its runs. */
    public List<Violation> allViolations() {
        List<Violation> all = new ArrayList<>();
        runs.forEach(run -> all.addAll(run.violations()));
        all.addAll(violations);
        return all;
    }

    public Percentiles failover() {
        return Percentiles.of(runs.stream().map(RunResult::failoverMillis).toList());
    }

    /** Percentiles of one step of the takeovers, over runs: of each run its slowest scope. */
    public Percentiles step(Function<ScopeCourse, Long> step) {
        return Percentiles.of(runs.stream()
                .map(run ->
                        run.scopes().stream().map(step).filter(Objects::nonNull).max(Long::compare))
                .flatMap(java.util.Optional::stream)
                .toList());
    }
}
