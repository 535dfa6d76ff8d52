package io.callisto.drills.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.drills.history.Aspect;
import io.callisto.drills.history.FailoverGap;
import io.callisto.drills.history.Violation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonReportTest {
    private static final FailoverGap GAP = new FailoverGap(800, FailoverGap.Basis.EFFECTS);
    private static final ScopeCourse COURSE =
            new ScopeCourse("director", "s2", "DEATH_CERTIFICATE", 210L, 260L, 300L, 420L, "first sweep", GAP);

    private final JsonMapper json = new JsonMapper();

    @Test
    void has_the_keys_that_are_promised() {
        JsonNode drill = json.readTree(new JsonReport().of(result(List.of())));

        assertThat(drill.path("drill").asString()).isEqualTo("kill-director");
        assertThat(drill.path("runs").asInt()).isEqualTo(2);
        assertThat(drill.path("pass").asBoolean()).isTrue();
        assertThat(drill.path("violations").asInt()).isZero();
        assertThat(drill.path("failoverMs").path("p50").asLong()).isEqualTo(800);
        assertThat(drill.path("failoverMs").path("p99").asLong()).isEqualTo(1_200);
        assertThat(drill.path("firstWorkMs").path("p50").asLong()).isEqualTo(420);
        assertThat(drill.path("details")).hasSize(2);
        assertThat(drill.path("details")
                        .path(0)
                        .path("scopes")
                        .path(0)
                        .path("firstWork")
                        .asString())
                .isEqualTo("first sweep");
        assertThat(drill.path("requirements").path(0).path("id").asString()).isEqualTo("CD-2");
    }

    @Test
    void counts_the_violations_of_runs_and_of_the_drill() {
        JsonNode drill =
                json.readTree(new JsonReport().of(result(List.of(new Violation(Aspect.ORDER, "wrong order")))));

        assertThat(drill.path("violations").asInt()).isEqualTo(2);
        assertThat(drill.path("pass").asBoolean()).isFalse();
        assertThat(drill.path("problems").path(0).asString()).contains("wrong order");
    }

    @Test
    void a_suite_passes_only_if_no_drill_fails_and_skipped_ones_are_told() {
        DrillResult skipped = DrillResult.skipped("cut-server", "loopback processes", "cannot cut");
        JsonNode good = json.readTree(new JsonReport().of(List.of(result(List.of()), skipped)));
        JsonNode bad = json.readTree(new JsonReport()
                .of(List.of(result(List.of(new Violation(Aspect.STUCK, "stuck"))), skipped)));

        assertThat(good.path("pass").asBoolean()).isTrue();
        assertThat(good.path("drills").path(1).path("outcome").asString()).isEqualTo("SKIPPED");
        assertThat(good.path("drills").path(1).path("pass").asBoolean()).isFalse();
        assertThat(bad.path("pass").asBoolean()).isFalse();
    }

    @Test
    void the_text_says_the_same() {
        StringWriter text = new StringWriter();

        new TextReport(new PrintWriter(text)).print(result(List.of(new Violation(Aspect.ORDER, "wrong order"))));

        assertThat(text.toString())
                .contains("kill-director on loopback processes", "first work done", "FAIL CD-2", "wrong order")
                .contains("POM: 140 s");
    }

    @Test
    void the_table_has_a_row_for_each_drill_and_names_what_failed() {
        String table = MarkdownReport.of(
                "Here.",
                List.of(
                        result(List.of(new Violation(Aspect.ORDER, "wrong order"))),
                        DrillResult.skipped("cut-server", "loopback processes", "cannot cut")));

        assertThat(table)
                .contains("| kill-director | 2 |", "800 / 1200", "| CD-2 | FAIL | kill-director |")
                .contains("## SKIPPED: cut-server", "wrong order");
    }

    /** Two runs; a violation of the drill stands in a run as well. */
    private static DrillResult result(List<Violation> violations) {
        List<RunResult> runs = List.of(run(1, 800, violations), run(2, 1_200, List.of()));
        boolean pass = violations.isEmpty();
        return new DrillResult(
                "kill-director",
                pass ? DrillResult.Outcome.PASS : DrillResult.Outcome.FAIL,
                "",
                "loopback processes",
                "3 servers",
                "p99 < 3000 ms",
                140,
                runs,
                violations,
                List.of(new RequirementVerdict("CD-2", pass, "gap p50 800 ms")),
                List.of());
    }

    private static RunResult run(int number, long gap, List<Violation> violations) {
        return new RunResult(
                number, "kill -9 s1-server", Instant.EPOCH, List.of(COURSE), gap, "EFFECTS", violations, List.of());
    }
}
