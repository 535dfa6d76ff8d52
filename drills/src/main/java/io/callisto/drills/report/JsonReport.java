package io.callisto.drills.report;

import io.callisto.drills.history.Percentiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Drill results as JSON. Keys are a contract: others may be added, none may change. */
public final class JsonReport {
    private final JsonMapper mapper = new JsonMapper();

    /** One drill. */
    public String of(DrillResult result) {
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(drill(result));
    }

    /** A suite. */
    public String of(List<DrillResult> results) {
        Map<String, Object> suite = new LinkedHashMap<>();
        suite.put("pass", results.stream().noneMatch(JsonReport::bad));
        suite.put("drills", results.stream().map(JsonReport::drill).toList());
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(suite);
    }

    private static boolean bad(DrillResult result) {
        return !result.pass() && result.outcome() != DrillResult.Outcome.SKIPPED;
    }

    private static Map<String, Object> drill(DrillResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("drill", result.drill());
        json.put("runs", result.runs().size());
        json.put("pass", result.pass());
        json.put("violations", result.allViolations().size());
        json.put("failoverMs", percentiles(result.failover()));
        json.put("outcome", result.outcome().name());
        json.put("reason", result.reason());
        json.put("target", result.target());
        json.put("layout", result.layout());
        json.put("limits", result.limits());
        json.put("pomSeconds", result.pomSeconds() == 0 ? null : result.pomSeconds());
        json.put("detectionMs", percentiles(result.step(ScopeCourse::detected)));
        json.put("electionMs", percentiles(result.step(ScopeCourse::elected)));
        json.put("takeoverMs", percentiles(result.step(ScopeCourse::takenOver)));
        json.put("firstWorkMs", percentiles(result.step(ScopeCourse::firstWork)));
        json.put("problems", result.violations().stream().map(Object::toString).toList());
        json.put(
                "requirements",
                result.requirements().stream().map(JsonReport::requirement).toList());
        json.put("notes", result.notes());
        json.put("details", result.runs().stream().map(JsonReport::run).toList());
        return json;
    }

    private static Map<String, @Nullable Object> percentiles(Percentiles values) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("p50", values.count() == 0 ? null : values.p50().orElse(0));
        json.put("p99", values.count() == 0 ? null : values.p99().orElse(0));
        return json;
    }

    private static Map<String, Object> requirement(RequirementVerdict verdict) {
        return Map.of("id", verdict.id(), "pass", verdict.pass(), "measured", verdict.measured());
    }

    private static Map<String, Object> run(RunResult run) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run", run.number());
        json.put("fault", run.fault());
        json.put("at", run.at().toString());
        json.put("failoverMs", run.failoverMillis());
        json.put("basis", run.basis());
        json.put("pass", run.violations().isEmpty());
        json.put("problems", run.violations().stream().map(Object::toString).toList());
        json.put("scopes", run.scopes().stream().map(JsonReport::scope).toList());
        json.put("notes", run.notes());
        return json;
    }

    private static Map<String, @Nullable Object> scope(ScopeCourse course) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("scope", course.scope());
        json.put("owner", course.owner());
        json.put("reason", course.reason());
        json.put("detectionMs", course.detected());
        json.put("electionMs", course.elected());
        json.put("takeoverMs", course.takenOver());
        json.put("firstWorkMs", course.firstWork());
        json.put("firstWork", course.work());
        json.put("gapMs", course.gap().millis());
        json.put("gapBasis", course.gap().basis().name());
        return json;
    }
}
