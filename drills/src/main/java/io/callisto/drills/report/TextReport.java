package io.callisto.drills.report;

import io.callisto.drills.history.Percentiles;
import io.callisto.drills.history.Violation;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalLong;

/** A drill's result for people. */
public final class TextReport {
    private final PrintWriter out;

    public TextReport(PrintWriter out) {
        this.out = out;
    }

    /** Prints one drill. */
    public void print(DrillResult result) {
        out.println();
        if (result.runs().isEmpty() && result.violations().isEmpty()) {
            out.printf("%s  %s: %s%n", result.outcome(), result.drill(), result.reason());
            result.notes().forEach(note -> out.println("  " + note));
            out.flush();
            return;
        }
        out.printf(
                "%s on %s, %s, %d runs%n",
                result.drill(), result.target(), result.layout(), result.runs().size());
        out.println("  from the fault, over runs        p50        p99");
        line("detection", result.step(ScopeCourse::detected));
        line("election", result.step(ScopeCourse::elected));
        line("takeover", result.step(ScopeCourse::takenOver));
        line("first work done", result.step(ScopeCourse::firstWork));
        line("failover gap", result.failover());
        if (!result.limits().isEmpty()) {
            out.println("  limit: " + result.limits()
                    + (result.pomSeconds() == 0 ? "" : "; POM: " + result.pomSeconds() + " s"));
        }
        result.notes().forEach(note -> out.println("  " + note));
        result.requirements()
                .forEach(verdict -> out.printf(
                        "  %s %-7s %s%n", verdict.pass() ? "PASS" : "FAIL", verdict.id(), verdict.measured()));
        for (RunResult run : result.runs()) {
            for (Violation violation : run.violations()) {
                out.println("  ! run " + run.number() + " (" + run.fault() + "): " + violation);
            }
        }
        result.violations().forEach(violation -> out.println("  ! " + violation));
        out.printf(
                "%s  %s%s%n",
                result.outcome(), result.drill(), result.reason().isEmpty() ? "" : ": " + result.reason());
        out.flush();
    }

    /** Prints one injection, when it is over. */
    public static String line(RunResult run) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "run %d: %s: gap %d ms (%s)%s",
                run.number(),
                run.fault(),
                run.failoverMillis(),
                run.basis(),
                run.violations().isEmpty() ? "" : ", VIOLATIONS"));
        for (ScopeCourse course : run.scopes()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n      %-18s -> %-3s %-17s detected %s, elected %s, took over %s, first work %s (%s), gap %d",
                    course.scope(),
                    course.owner(),
                    course.reason(),
                    millis(course.detected()),
                    millis(course.elected()),
                    millis(course.takenOver()),
                    millis(course.firstWork()),
                    course.work() == null ? "none yet" : course.work(),
                    course.gap().millis()));
        }
        run.notes()
                .forEach(note ->
                        text.append(System.lineSeparator()).append("      ").append(note));
        run.violations()
                .forEach(found ->
                        text.append(System.lineSeparator()).append("      ! ").append(found));
        return text.toString();
    }

    private static String millis(@org.jspecify.annotations.Nullable Long value) {
        return value == null ? "?" : value.toString();
    }

    private void line(String what, Percentiles values) {
        if (values.count() > 0) {
            out.printf("  %-28s %7s ms %7s ms%n", what, text(values.p50()), text(values.p99()));
        }
    }

    private static String text(OptionalLong value) {
        return value.isPresent() ? Long.toString(value.getAsLong()) : "-";
    }
}
