package io.callisto.drills.report;

import io.callisto.drills.history.Percentiles;
import java.util.List;
import java.util.stream.Collectors;

/** A suite's results as a table for the documents. */
public final class MarkdownReport {
    private MarkdownReport() {}

    /**
     * @param head what ran where and when
     */
    public static String of(String head, List<DrillResult> results) {
        StringBuilder text = new StringBuilder();
        text.append("# Drill report\n\n").append(head).append("\n\n");
        text.append("Milliseconds from the fault, p50 / p99 over runs. The gap is the longest time between accepted\n");
        text.append("effects of an affected scope, or from the fault to the first work where its steady effects are\n");
        text.append("rarer than an outage.\n\n");
        text.append("| Drill | Runs | Detection | Election | Takeover | First work | Gap | Limit | POM | Verdict |\n");
        text.append("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        for (DrillResult result : results) {
            text.append("| ").append(result.drill());
            text.append(" | ").append(result.runs().size());
            text.append(" | ").append(pair(result.step(ScopeCourse::detected)));
            text.append(" | ").append(pair(result.step(ScopeCourse::elected)));
            text.append(" | ").append(pair(result.step(ScopeCourse::takenOver)));
            text.append(" | ").append(pair(result.step(ScopeCourse::firstWork)));
            text.append(" | ").append(pair(result.failover()));
            text.append(" | ").append(result.limits());
            text.append(" | ").append(result.pomSeconds() == 0 ? "" : result.pomSeconds() + " s");
            text.append(" | ").append(result.outcome()).append(" |\n");
        }
        text.append("\n| Requirement | Verdict | Drills |\n| --- | --- | --- |\n");
        results.stream()
                .flatMap(result -> result.requirements().stream().map(RequirementVerdict::id))
                .distinct()
                .sorted()
                .forEach(id -> text.append(requirement(id, results)));
        results.stream().filter(result -> !result.pass()).forEach(result -> text.append(problems(result)));
        return text.toString();
    }

    private static String requirement(String id, List<DrillResult> results) {
        List<DrillResult> proofs = results.stream()
                .filter(result -> result.requirements().stream()
                        .anyMatch(verdict -> verdict.id().equals(id)))
                .toList();
        boolean pass = proofs.stream()
                .flatMap(result -> result.requirements().stream())
                .filter(verdict -> verdict.id().equals(id))
                .allMatch(RequirementVerdict::pass);
        return "| " + id + " | " + (pass ? "PASS" : "FAIL") + " | "
                + proofs.stream().map(DrillResult::drill).collect(Collectors.joining(", ")) + " |\n";
    }

    private static String problems(DrillResult result) {
        StringBuilder text = new StringBuilder();
        text.append("\n## ")
                .append(result.outcome())
                .append(": ")
                .append(result.drill())
                .append("\n\n");
        if (!result.reason().isEmpty()) {
            text.append(result.reason()).append("\n\n");
        }
        result.allViolations().stream()
                .limit(20)
                .forEach(violation -> text.append("- ").append(violation).append('\n'));
        return text.toString();
    }

    private static String pair(Percentiles values) {
        return values.count() == 0
                ? ""
                : values.p50().orElse(0) + " / " + values.p99().orElse(0);
    }
}
