package io.callisto.benchmarks.failover;

import io.callisto.benchmarks.failover.Contest.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results, side by side. */
final class FailoverTable {
    private static final String NONE = "-";

    private FailoverTable() {}

    /** A Markdown table. */
    static String text(List<Result> results, FailoverBenchPlan plan) {
        StringBuilder text = new StringBuilder();
        text.append("\nTime without an owner, seconds: median (shortest to longest) of ")
                .append(plan.runs())
                .append(" faults. Late effects: rows of the frozen owner after its successor's first, in all"
                        + " faults.\n\n");
        text.append("| contender | settings | takeover after, as configured | kill -9 | frozen | late effects |\n");
        text.append("| --- | --- | --- | --- | --- | --- |\n");
        for (Result result : results) {
            Contender contender = result.contender();
            text.append("| ")
                    .append(String.join(
                            " | ",
                            contender.product(),
                            contender.settings(),
                            contender.configured(),
                            cell(result.kills(), plan),
                            cell(result.freezes(), plan),
                            late(result)))
                    .append(" |\n");
        }
        return text.toString();
    }

    private static String cell(Series series, FailoverBenchPlan plan) {
        if (series.unfinished() > 0) {
            return "> " + plan.cap().toSeconds() + " (" + series.runs() + " fault)";
        }
        if (series.runs() == 0) {
            return NONE;
        }
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f to %.2f)",
                series.median() / 1_000,
                series.min() / 1_000,
                series.max() / 1_000);
    }

    private static String late(Result result) {
        Series series = result.freezes();
        String rivals = result.kills().rivals() + series.rivals() > 0 ? " and two owners without a fault" : "";
        return (series.gaps().isEmpty() ? NONE : Long.toString(series.late())) + rivals;
    }

    /** The same for JSON. */
    static Map<String, Object> values(List<Result> results, FailoverBenchPlan plan) {
        List<Map<String, Object>> contenders = new ArrayList<>();
        for (Result result : results) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("id", result.contender().id());
            one.put("product", result.contender().product());
            one.put("settings", result.contender().settings());
            one.put("configured", result.contender().configured());
            one.put("kill", series(result.kills()));
            one.put("freeze", series(result.freezes()));
            contenders.add(one);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("bench", "failover");
        all.put("runs", plan.runs());
        all.put("capSeconds", plan.cap().toSeconds());
        all.put("contenders", contenders);
        return all;
    }

    private static Map<String, Object> series(Series series) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("runs", series.runs());
        one.put("unfinished", series.unfinished());
        if (!series.gaps().isEmpty()) {
            one.put("medianMillis", series.median());
            one.put("minMillis", series.min());
            one.put("maxMillis", series.max());
        }
        one.put("gapsMillis", series.gaps());
        one.put("effectsOfRivals", series.rivals());
        one.put("lateEffects", series.late());
        return one;
    }
}
