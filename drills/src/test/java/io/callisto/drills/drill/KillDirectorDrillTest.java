package io.callisto.drills.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.drills.history.Aspect;
import io.callisto.drills.load.LoadLevel;
import io.callisto.drills.report.DrillResult;
import io.callisto.drills.report.RunResult;
import io.callisto.drills.report.ScopeCourse;
import io.callisto.drills.report.TextReport;
import io.callisto.drills.testbed.DrillLayout;
import io.callisto.drills.testbed.LoopbackTarget;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One real drill, so that the engine is tried by every build: its figures belong to {@code ./callisto drill}. */
class KillDirectorDrillTest {
    private static final DrillLayout TWO = new DrillLayout(2, 1, 1, 1, Set.of(), 20, "small");

    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    @Requirement({"CD-2", "CM-4", "CM-5"})
    void a_killed_director_is_replaced_and_nothing_is_lost_or_doubled(@TempDir Path logs) {
        Drill drill =
                DrillCatalogue.complete().named("kill-director").orElseThrow().on(TWO);
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);

        List<DrillResult> results = new SuiteRunner(
                        LoopbackTarget::new, LoadLevel.parse("low"), 1, 1, logs, line -> out.println(line))
                .run(List.of(drill), new TextReport(out)::print);

        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.outcome()).as(said.toString()).isIn(DrillResult.Outcome.PASS, DrillResult.Outcome.FAIL);
            assertThat(result.allViolations()).as(said.toString()).allMatch(found -> found.aspect() == Aspect.TIME);
            RunResult run = result.runs().get(0);
            assertThat(run.scopes())
                    .as(said.toString())
                    .extracting(ScopeCourse::scope)
                    .contains("director");
            assertThat(run.failoverMillis()).isPositive();
        });
    }
}
